// node check_asyncapi.cjs NODE_MODULES_PARENT DOCUMENT
// Reads the document with the reference parser; prints what it objects to, one line each.
const { createRequire } = require('node:module');
const { readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');

const [, , home, file] = process.argv;
const { Parser, DiagnosticSeverity } = createRequire(join(resolve(home), 'x.js'))('@asyncapi/parser');

(async () => {
  const parser = new Parser();
  const { document, diagnostics } = await parser.parse(readFileSync(file, 'utf8'));
  const errors = diagnostics.filter((d) => d.severity === DiagnosticSeverity.Error);
  const warnings = diagnostics.filter((d) => d.severity === DiagnosticSeverity.Warning);
  for (const d of [...errors, ...warnings]) {
    console.log(`${d.severity === 0 ? 'error' : 'warning'} ${d.code} at ${d.path.join('.')}: ${d.message}`);
  }
  if (document) {
    console.log(JSON.stringify({
      channels: document.channels().all().length,
      operations: document.operations().all().length,
      messages: document.allMessages().all().length,
    }));
  }
  process.exit(document && errors.length === 0 ? 0 : 1);
})();

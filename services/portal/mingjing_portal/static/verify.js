// Checks a receipt (C2SP tlog-proof) in the browser: nothing is sent anywhere. Strict: what two
// readers could take two ways proves nothing. Written apart from the platform's own verifier.
import * as noble from "./noble-ed25519-3.2.0.js";

const FIRST = "c2sp.org/tlog-proof@v1";
const DASH = "\u2014 ";
const ED25519 = 1, COSIGNATURE = 4;
const WITNESSES_MIN = 3;
const TYPES = {
  "cn.mingjing.public.published": "公示",
  "cn.mingjing.public.corrected": "更正",
  "cn.mingjing.public.withdrawn": "撤回",
};
const utf8 = new TextEncoder();
const strictText = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

class Refused extends Error {}

function refuse(why) {
  throw new Refused(why);
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
}

const hex = (bytes) => Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
const same = (a, b) => a.length === b.length && a.every((one, at) => one === b[at]);

function fromBase64(text) {
  let raw;
  try {
    raw = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  } catch {
    refuse("base64 编码有误");
  }
  if (btoa(String.fromCharCode(...raw)) !== text) refuse("base64 编码不规范");
  return raw;
}

function bigBase64(text) {
  // Long lines: String.fromCharCode takes only so many arguments at once.
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4) refuse("base64 编码不规范");
  const binary = atob(text);
  if (btoa(binary) !== text) refuse("base64 编码不规范");
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
}

function decimal(text) {
  if (!/^(0|[1-9][0-9]{0,14})$/.test(text)) refuse("数字书写不规范");
  return Number(text);
}

function hash(text) {
  const raw = fromBase64(text);
  if (raw.length !== 32) refuse("散列长度有误");
  return raw;
}

async function keyOf(line) {
  const found = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(line);
  if (!found) refuse("公钥书写有误");
  const whole = bigBase64(found[3]);
  const id = (await sha256(utf8.encode(found[1] + "\n"), whole)).slice(0, 4);
  if (hex(id) !== found[2]) refuse("公钥的编号与公钥不符");
  return { name: found[1], id: found[2], kind: whole[0], raw: whole.slice(1) };
}

async function ed25519(key, signature, message) {
  if (signature.length !== 64 || key.length !== 32) return false;
  try {
    const known = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", known, signature, message);
  } catch {
    return noble.verifyAsync(signature, message, key, { zip215: false }).catch(() => false);
  }
}

function receiptOf(text) {
  if (text.charCodeAt(0) === 0xfeff) refuse("凭证开头有多余的字节");
  const gap = text.indexOf("\n\n");
  if (gap < 0) refuse("凭证不完整");
  const [first, extra, index, ...hashes] = text.slice(0, gap).split("\n");
  if (first !== FIRST) refuse("不是存证凭证");
  if (!extra?.startsWith("extra ") || !index?.startsWith("index ")) refuse("凭证缺少内容或序号");
  if (hashes.length > 63) refuse("证明过长");
  const told = bigBase64(extra.slice(6));
  const end = told.indexOf(10);
  const salt = strictText.decode(told.slice(0, Math.max(end, 0)));
  if (!/^[0-9a-f]{64}$/.test(salt)) refuse("凭证中的盐值有误");
  return {
    salt: Uint8Array.from(salt.match(/../g), (pair) => parseInt(pair, 16)),
    content: told.slice(end + 1),
    index: decimal(index.slice(6)),
    proof: hashes.map(hash),
    note: noteOf(text.slice(gap + 2)),
  };
}

function noteOf(text) {
  if (/[\u0000-\u0009\u000b-\u001f]/.test(text)) refuse("检查点含有控制字符");
  const gap = text.lastIndexOf("\n\n");
  if (gap < 0 || !text.endsWith("\n")) refuse("检查点没有签名行");
  const body = text.slice(0, gap + 1);
  const lines = text.slice(gap + 2, -1).split("\n");
  const [origin, size, root, rest, ...more] = body.split("\n");
  if (rest !== "" || more.length || !origin || /[\s+]/.test(origin)) refuse("检查点书写有误");
  const signatures = lines.map((line) => {
    const found = /^([^+\s]+) (\S+)$/.exec(line.slice(DASH.length));
    if (!line.startsWith(DASH) || !found) refuse("签名行书写有误");
    const raw = bigBase64(found[2]);
    if (raw.length <= 4) refuse("签名行过短");
    return { name: found[1], id: hex(raw.slice(0, 4)), raw: raw.slice(4) };
  });
  return { text: body, origin, size: decimal(size), root: hash(root), signatures };
}

async function isIncluded(leaf, index, size, proof, root) {
  let place = index, last = size - 1, at = 0, found = leaf;
  while (last > 0) {
    if (place % 2 || place < last) {
      if (at >= proof.length) return false;
      const sibling = proof[at++];
      const pair = place % 2 ? [sibling, found] : [found, sibling];
      found = await sha256(Uint8Array.of(1), ...pair);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return at === proof.length && same(found, root);
}

async function signers(note, keys) {
  const names = { log: false, witnesses: new Map() };
  for (const line of note.signatures) {
    const key = keys.find((one) => one.name === line.name && one.id === line.id);
    if (!key || ![ED25519, COSIGNATURE].includes(key.kind)) continue; // ML-DSA, SM2: not checked here
    let message = utf8.encode(note.text), signature = line.raw;
    let time = 0n;
    if (key.kind === COSIGNATURE) {
      if (line.raw.length !== 72) refuse(`${line.name} 的签名不成立`);
      time = new DataView(line.raw.buffer, line.raw.byteOffset).getBigUint64(0);
      message = utf8.encode(`cosignature/v1\ntime ${time}\n${note.text}`);
      signature = line.raw.slice(8);
    }
    if (!(await ed25519(key.raw, signature, message))) refuse(`${line.name} 的签名不成立`);
    if (key.kind === COSIGNATURE) names.witnesses.set(line.name, new Date(Number(time) * 1000));
    else if (key.name === note.origin) names.log = true;
  }
  return names;
}

export async function check(text, keyLines, publicText) {
  const receipt = receiptOf(text);
  const keys = await Promise.all(
    keyLines.split("\n").map((line) => line.trim()).filter(Boolean).map(keyOf),
  );
  const by = await signers(receipt.note, keys);
  if (!by.log) refuse(`检查点没有日志 ${receipt.note.origin} 的有效签名`);
  const cosigners = new Set(keys.filter((key) => key.kind === COSIGNATURE).map((key) => key.name));
  if (by.witnesses.size < Math.min(WITNESSES_MIN, cosigners.size)) refuse("见证不足");
  let said;
  try {
    said = JSON.parse(strictText.decode(receipt.content));
  } catch {
    refuse("凭证内容有误");
  }
  const digest = await sha256(receipt.salt, receipt.content);
  const entry = utf8.encode(`${said.id}\n${said.type}\n${said.time}\n${hex(digest)}\n`);
  const leaf = await sha256(Uint8Array.of(0), entry);
  const { index, proof, note } = receipt;
  if (index >= note.size || !(await isIncluded(leaf, index, note.size, proof, note.root))) {
    refuse("证明不成立：日志中该序号处不是这一内容");
  }
  const wanted = publicText ? hex(await sha256(utf8.encode(publicText))) : null;
  if (wanted && wanted !== said.data?.public_sha256) {
    refuse("凭证有效，但所填的公开文本与其中的摘要不一致");
  }
  return { said, index, note, witnesses: by.witnesses, isText: wanted !== null };
}

function shown(found) {
  const { said, note, index, witnesses } = found;
  const moment = (at) => at.toLocaleString("zh-CN", { timeZone: "Asia/Shanghai", hour12: false });
  const rows = [
    ["证明了什么", `${TYPES[said.type] ?? said.type}，${moment(new Date(said.time))}`],
    ["公示编号", said.data?.item_id ?? said.subject ?? said.id],
    ["文书号", said.data?.document_number],
    ["公开文本 SHA-256", said.data?.public_sha256],
    ["撤回日期", said.data?.withdrawn_on],
    ["公开文本", found.isText ? "与凭证一致" : null],
    ["日志", `${note.origin} 第 ${index} 项（共 ${note.size} 项）`],
    ["见证", [...witnesses].map(([name, at]) => `${name}（${moment(at)}）`).join("、") || "没有核对"],
  ];
  const list = document.createElement("dl");
  list.className = "facts";
  for (const [name, value] of rows.filter(([, value]) => value)) {
    list.append(
      Object.assign(document.createElement("dt"), { textContent: name }),
      Object.assign(document.createElement("dd"), { textContent: value }),
    );
  }
  return list;
}

const form = document.querySelector("[data-verify]");
const place = document.querySelector("[data-verified]");

async function textOf(fields) {
  const file = fields.get("file");
  if (!file?.size) return fields.get("text").replaceAll("\r\n", "\n");
  try {
    return strictText.decode(await file.arrayBuffer());
  } catch {
    return refuse("文件不是 UTF-8 文本");
  }
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const fields = new FormData(form);
  place.replaceChildren();
  const verdict = document.createElement("p");
  try {
    if (!crypto.subtle) refuse("浏览器只在 https 页面中提供所需的算法，请用 https 打开本页");
    const publicText = fields.get("public").replaceAll("\r\n", "\n").replace(/\n$/, "");
    const found = await check(await textOf(fields), fields.get("keys"), publicText);
    verdict.className = "verified";
    verdict.textContent = "已证明。";
    place.append(verdict, shown(found));
  } catch (error) {
    verdict.className = "refused";
    const why = error instanceof Refused ? error.message : "凭证无法读取";
    verdict.textContent = `未能证明：${why}。`;
    place.append(verdict);
  }
});

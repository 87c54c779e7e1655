-- Cases to be found, duties and their counts, warnings of every kind, the tasks of a notice.
CREATE TABLE annulment_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	traceparent TEXT,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	decision_id TEXT NOT NULL,
	what TEXT NOT NULL,
	day DATE,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE annulment_facts IS 'projection: decisions that fell, and the withdrawal of what was public of them';
COMMENT ON COLUMN annulment_facts.source IS 'Who said it';
COMMENT ON COLUMN annulment_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN annulment_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN annulment_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN annulment_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN annulment_facts.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN annulment_facts.case_key IS 'Case number as key';
COMMENT ON COLUMN annulment_facts.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN annulment_facts.decision_id IS 'The decision';
COMMENT ON COLUMN annulment_facts.what IS 'annulled, withdrawn or overdue';
COMMENT ON COLUMN annulment_facts.day IS 'Day on which it fell, or until which it must be withdrawn';

CREATE TABLE casefile_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	traceparent TEXT,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	what TEXT NOT NULL,
	day DATE,
	warn_on DATE,
	provisional BOOLEAN,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE casefile_facts IS 'projection: what was told of each case file, every version';
COMMENT ON COLUMN casefile_facts.source IS 'Who said it';
COMMENT ON COLUMN casefile_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN casefile_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN casefile_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN casefile_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN casefile_facts.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN casefile_facts.case_key IS 'Case number as key';
COMMENT ON COLUMN casefile_facts.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN casefile_facts.what IS 'ended, due, archived or overdue';
COMMENT ON COLUMN casefile_facts.day IS 'Day that it names: enforcement ended, late from, archived';
COMMENT ON COLUMN casefile_facts.warn_on IS 'Day from which it is warned of';
COMMENT ON COLUMN casefile_facts.provisional IS 'Whether the days may still move';

CREATE TABLE cases (
	case_key TEXT NOT NULL,
	case_ref TEXT NOT NULL,
	case_number TEXT NOT NULL,
	unit TEXT,
	kind TEXT,
	procedure TEXT,
	cause TEXT,
	accepted_at TIMESTAMP WITH TIME ZONE,
	handlers JSONB NOT NULL,
	pairs JSONB NOT NULL,
	PRIMARY KEY (case_key)
);
COMMENT ON TABLE cases IS 'projection: every case with an event, as the facts that hold describe it';
COMMENT ON COLUMN cases.case_key IS 'Case number as key';
COMMENT ON COLUMN cases.case_ref IS 'Its reference, which addresses carry';
COMMENT ON COLUMN cases.case_number IS 'Case number as it was sent, or the key';
COMMENT ON COLUMN cases.unit IS '12-digit code of the unit; none: acceptance not told yet';
COMMENT ON COLUMN cases.kind IS 'Kind of case';
COMMENT ON COLUMN cases.procedure IS 'simple, fast_track or ordinary';
COMMENT ON COLUMN cases.cause IS 'Name of the cause in the catalogue of causes';
COMMENT ON COLUMN cases.accepted_at IS 'When accepted';
COMMENT ON COLUMN cases.handlers IS 'Police numbers of who handles it';
COMMENT ON COLUMN cases.pairs IS 'Neighbouring characters of the key';

CREATE TABLE document_refs (
	number_key TEXT NOT NULL,
	case_key TEXT NOT NULL,
	pairs JSONB NOT NULL,
	PRIMARY KEY (number_key, case_key)
);
COMMENT ON TABLE document_refs IS 'projection: in which case a document number was told, for search';
COMMENT ON COLUMN document_refs.number_key IS 'Document number, brackets regular';
COMMENT ON COLUMN document_refs.case_key IS 'A case that it was told of in';
COMMENT ON COLUMN document_refs.pairs IS 'Neighbouring characters of the number';

CREATE TABLE duties (
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	decision_id TEXT,
	unit TEXT,
	state TEXT NOT NULL,
	due_on DATE,
	warn_on DATE,
	provisional BOOLEAN NOT NULL,
	rule TEXT,
	done_on DATE,
	met BOOLEAN,
	counted_on DATE,
	due_by TEXT,
	done_by TEXT,
	mode TEXT NOT NULL,
	PRIMARY KEY (kind, subject)
);
COMMENT ON TABLE duties IS 'projection: legal duties of cases and how they stand, as the facts that hold say it';
COMMENT ON COLUMN duties.kind IS 'publication, casefile or review';
COMMENT ON COLUMN duties.subject IS 'The item, the case or the decision';
COMMENT ON COLUMN duties.case_key IS 'Case number as key';
COMMENT ON COLUMN duties.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN duties.decision_id IS 'The decision, if it is about one';
COMMENT ON COLUMN duties.unit IS 'Whose duty it is: the deciding unit, else the case''s';
COMMENT ON COLUMN duties.state IS 'open, done, missed or void';
COMMENT ON COLUMN duties.due_on IS 'Last day in time; none: no clock';
COMMENT ON COLUMN duties.warn_on IS 'Day from which it is warned of';
COMMENT ON COLUMN duties.provisional IS 'Whether the day may still move';
COMMENT ON COLUMN duties.rule IS 'Rule by which the day was computed, as it was told';
COMMENT ON COLUMN duties.done_on IS 'Day on which it was done, or need not be done any more';
COMMENT ON COLUMN duties.met IS 'Whether it was done as asked; none: not known yet';
COMMENT ON COLUMN duties.counted_on IS 'Day by which figures count it; none: not counted';
COMMENT ON COLUMN duties.due_by IS 'Event that set it: source#id';
COMMENT ON COLUMN duties.done_by IS 'Event that ended it: source#id';
COMMENT ON COLUMN duties.mode IS 'Mode of the event that set it';

CREATE TABLE duty_counts (
	kind TEXT NOT NULL,
	unit TEXT NOT NULL,
	counted_on DATE NOT NULL,
	result TEXT NOT NULL,
	duties INTEGER NOT NULL,
	PRIMARY KEY (kind, unit, counted_on, result)
);
COMMENT ON TABLE duty_counts IS 'projection: how many duties stand how, by unit and day, so that figures cost little';
COMMENT ON COLUMN duty_counts.kind IS 'publication, casefile or review';
COMMENT ON COLUMN duty_counts.unit IS 'Whose duty; empty: not known yet';
COMMENT ON COLUMN duty_counts.counted_on IS 'Day by which it is counted';
COMMENT ON COLUMN duty_counts.result IS 'met, missed or open';
COMMENT ON COLUMN duty_counts.duties IS 'How many duties of mode live';

CREATE TABLE gap_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	traceparent TEXT,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	action_id TEXT NOT NULL,
	what TEXT NOT NULL,
	effect TEXT,
	minutes INTEGER,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE gap_facts IS 'projection: what recording said of gaps, every version';
COMMENT ON COLUMN gap_facts.source IS 'Who said it';
COMMENT ON COLUMN gap_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN gap_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN gap_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN gap_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN gap_facts.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN gap_facts.case_key IS 'Case number as key';
COMMENT ON COLUMN gap_facts.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN gap_facts.action_id IS 'The act whose record has the gap';
COMMENT ON COLUMN gap_facts.what IS 'found, explained or closed';
COMMENT ON COLUMN gap_facts.effect IS 'blocking or finding';
COMMENT ON COLUMN gap_facts.minutes IS 'How long the gap is';

CREATE TABLE handling_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	traceparent TEXT,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	handlers JSONB NOT NULL,
	cause TEXT,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE handling_facts IS 'projection: who handles each case and what it is about, every version';
COMMENT ON COLUMN handling_facts.source IS 'Who said it';
COMMENT ON COLUMN handling_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN handling_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN handling_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN handling_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN handling_facts.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN handling_facts.case_key IS 'Case number as key';
COMMENT ON COLUMN handling_facts.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN handling_facts.handlers IS 'Police numbers of who handles the case';
COMMENT ON COLUMN handling_facts.cause IS 'Name of the cause in the catalogue of causes';

CREATE TABLE measurements (
	indicator TEXT NOT NULL,
	unit TEXT NOT NULL,
	period TEXT NOT NULL,
	counted INTEGER NOT NULL,
	met INTEGER NOT NULL,
	query TEXT NOT NULL,
	measured_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (indicator, unit, period)
);
COMMENT ON TABLE measurements IS 'record: indicators as they were measured and told at the end of each month';
COMMENT ON COLUMN measurements.indicator IS 'Which indicator';
COMMENT ON COLUMN measurements.unit IS 'Unit measured, with those below it';
COMMENT ON COLUMN measurements.period IS 'YYYY-MM';
COMMENT ON COLUMN measurements.counted IS 'How many count';
COMMENT ON COLUMN measurements.met IS 'How many of them met what is asked';
COMMENT ON COLUMN measurements.query IS 'The query that gave the figures';
COMMENT ON COLUMN measurements.measured_at IS 'When, by the legal clock';

CREATE TABLE notice_tasks (
	sha256 TEXT NOT NULL,
	task INTEGER NOT NULL,
	part TEXT NOT NULL,
	project TEXT NOT NULL,
	text TEXT NOT NULL,
	lead_text TEXT NOT NULL,
	responsible_text TEXT NOT NULL,
	due_text TEXT NOT NULL,
	line INTEGER NOT NULL,
	PRIMARY KEY (sha256, task)
);
COMMENT ON TABLE notice_tasks IS 'record: the official wording of tasks, as imported';
COMMENT ON COLUMN notice_tasks.sha256 IS 'The notice';
COMMENT ON COLUMN notice_tasks.task IS 'Number of the task in it';
COMMENT ON COLUMN notice_tasks.part IS 'Heading of the part';
COMMENT ON COLUMN notice_tasks.project IS 'Heading of the project';
COMMENT ON COLUMN notice_tasks.text IS 'The official wording, word for word';
COMMENT ON COLUMN notice_tasks.lead_text IS 'Lead units as written';
COMMENT ON COLUMN notice_tasks.responsible_text IS 'Responsible units as written';
COMMENT ON COLUMN notice_tasks.due_text IS 'By when, as written; may be empty';
COMMENT ON COLUMN notice_tasks.line IS 'Line of the text where the task stands';

CREATE TABLE notices (
	number BIGINT GENERATED ALWAYS AS IDENTITY,
	sha256 TEXT NOT NULL,
	title TEXT NOT NULL,
	document_number TEXT NOT NULL,
	issuer TEXT NOT NULL,
	issued_on DATE NOT NULL,
	tasks INTEGER NOT NULL,
	imported_at TIMESTAMP WITH TIME ZONE NOT NULL,
	imported_by TEXT NOT NULL,
	PRIMARY KEY (number)
);
COMMENT ON TABLE notices IS 'record: notices that were imported; the one imported last is in force';
COMMENT ON COLUMN notices.number IS 'Order';
COMMENT ON COLUMN notices.sha256 IS 'SHA-256 of the text as it was imported';
COMMENT ON COLUMN notices.title IS 'Title of the notice';
COMMENT ON COLUMN notices.document_number IS 'Its document number';
COMMENT ON COLUMN notices.issuer IS 'Who issued it';
COMMENT ON COLUMN notices.issued_on IS 'Day of issue';
COMMENT ON COLUMN notices.tasks IS 'How many tasks it gives';
COMMENT ON COLUMN notices.imported_at IS 'When, by the machine''s clock';
COMMENT ON COLUMN notices.imported_by IS 'Police number, or the command''s user';

CREATE TABLE publication_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	mode TEXT NOT NULL,
	traceparent TEXT,
	case_key TEXT NOT NULL,
	case_number TEXT NOT NULL,
	item_id TEXT NOT NULL,
	decision_id TEXT,
	what TEXT NOT NULL,
	day DATE,
	rule TEXT,
	revision INTEGER,
	provisional BOOLEAN,
	on_time BOOLEAN,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE publication_facts IS 'projection: what disclosure said of each item, every version';
COMMENT ON COLUMN publication_facts.source IS 'Who said it';
COMMENT ON COLUMN publication_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN publication_facts.happened_at IS 'When it happened, by the envelope; only orders';
COMMENT ON COLUMN publication_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN publication_facts.mode IS 'live, backfill, synthetic or replay';
COMMENT ON COLUMN publication_facts.traceparent IS 'Trace of the act that caused it';
COMMENT ON COLUMN publication_facts.case_key IS 'Case number as key';
COMMENT ON COLUMN publication_facts.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN publication_facts.item_id IS 'The item of publication';
COMMENT ON COLUMN publication_facts.decision_id IS 'The decision it publishes, where it is named';
COMMENT ON COLUMN publication_facts.what IS 'due, published, withheld, overdue …';
COMMENT ON COLUMN publication_facts.day IS 'Day that it names: due, seen public';
COMMENT ON COLUMN publication_facts.rule IS 'Rule by which the day was computed, or the reason of law';
COMMENT ON COLUMN publication_facts.revision IS 'Which computing of the day; the higher counts';
COMMENT ON COLUMN publication_facts.provisional IS 'Whether the day may still move';
COMMENT ON COLUMN publication_facts.on_time IS 'Whether it was public in time';

CREATE TABLE task_acts (
	number BIGINT GENERATED ALWAYS AS IDENTITY,
	task INTEGER NOT NULL,
	what TEXT NOT NULL,
	unit TEXT NOT NULL,
	officer TEXT NOT NULL,
	share INTEGER,
	done BOOLEAN NOT NULL,
	words TEXT,
	evidence JSONB NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (number)
);
COMMENT ON TABLE task_acts IS 'record: what units report of tasks and what checks found; only ever added to';
COMMENT ON COLUMN task_acts.number IS 'Order';
COMMENT ON COLUMN task_acts.task IS 'Number of the task';
COMMENT ON COLUMN task_acts.what IS 'accepted, reported, verified or rejected';
COMMENT ON COLUMN task_acts.unit IS 'Unit that reports, or for which it is checked';
COMMENT ON COLUMN task_acts.officer IS 'Police number of who did it';
COMMENT ON COLUMN task_acts.share IS 'How much is done, in percent, by the unit''s own word';
COMMENT ON COLUMN task_acts.done IS 'Whether the unit says that it is done';
COMMENT ON COLUMN task_acts.words IS 'What was done, or why it is not accepted; stays here';
COMMENT ON COLUMN task_acts.evidence IS 'What shows it: hashes of blobs, addresses';
COMMENT ON COLUMN task_acts.at IS 'When, by the legal clock';

CREATE TABLE warning_acts (
	number BIGINT GENERATED ALWAYS AS IDENTITY,
	warning_id TEXT NOT NULL,
	what TEXT NOT NULL,
	about TEXT NOT NULL,
	officer TEXT NOT NULL,
	unit TEXT NOT NULL,
	reason_code TEXT,
	words TEXT,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (number)
);
COMMENT ON TABLE warning_acts IS 'record: who took, explained or closed a warning; only ever added to';
COMMENT ON COLUMN warning_acts.number IS 'Order';
COMMENT ON COLUMN warning_acts.warning_id IS 'The warning';
COMMENT ON COLUMN warning_acts.what IS 'taken, explained or closed';
COMMENT ON COLUMN warning_acts.about IS 'Event that had raised it then: source#id';
COMMENT ON COLUMN warning_acts.officer IS 'Police number of who did it';
COMMENT ON COLUMN warning_acts.unit IS 'Unit for which the officer acted';
COMMENT ON COLUMN warning_acts.reason_code IS 'Why it came to this: a code of the closed list';
COMMENT ON COLUMN warning_acts.words IS 'The explanation; stays here';
COMMENT ON COLUMN warning_acts.at IS 'When, by the legal clock';

-- What existing tables hold besides.
ALTER TABLE decision_facts ADD COLUMN kind TEXT;
ALTER TABLE decision_facts ADD COLUMN made_on DATE;
ALTER TABLE decision_facts ADD COLUMN document_number TEXT;
ALTER TABLE decision_facts ADD COLUMN outcome JSONB;
ALTER TABLE review_facts ADD COLUMN day DATE;
ALTER TABLE review_facts ADD COLUMN revision INTEGER;
ALTER TABLE review_facts ADD COLUMN provisional BOOLEAN;
ALTER TABLE warnings ADD COLUMN subject TEXT;
ALTER TABLE warnings ADD COLUMN owner_role TEXT;
ALTER TABLE warnings ADD COLUMN due_on DATE;
UPDATE warnings SET subject = decision_id, owner_role = 'unit_head';
ALTER TABLE warnings ALTER COLUMN subject SET DEFAULT '';
ALTER TABLE warnings ALTER COLUMN owner_role SET DEFAULT 'unit_head';
ALTER TABLE warnings ALTER COLUMN subject SET NOT NULL;
ALTER TABLE warnings ALTER COLUMN owner_role SET NOT NULL;
ALTER TABLE warnings ALTER COLUMN decision_id DROP NOT NULL;
ALTER TABLE warnings ALTER COLUMN case_key DROP NOT NULL;
ALTER TABLE warnings ALTER COLUMN case_number DROP NOT NULL;
COMMENT ON COLUMN decision_facts.kind IS 'penalty, permit, coercion …; none: taken before it was kept';
COMMENT ON COLUMN decision_facts.made_on IS 'Day on the document; none: taken before it was kept';
COMMENT ON COLUMN decision_facts.document_number IS 'As on the document, brackets made regular';
COMMENT ON COLUMN decision_facts.outcome IS 'What was decided: kinds, sums, days';
COMMENT ON COLUMN review_facts.what IS 'bypassed, cleared, opinion, overdue …';
COMMENT ON COLUMN review_facts.day IS 'Day that it names: the opinion is due, or was given';
COMMENT ON COLUMN review_facts.revision IS 'Round of the submission that it is about';
COMMENT ON COLUMN review_facts.provisional IS 'Whether the day may still move';
COMMENT ON COLUMN warnings.kind IS 'What is wrong: a code of the closed list';
COMMENT ON COLUMN warnings.state IS 'raised, closed or cleared';
COMMENT ON COLUMN warnings.subject IS 'What it is about: decision, item, act …';
COMMENT ON COLUMN warnings.decision_id IS 'The decision it is about, if it is about one';
COMMENT ON COLUMN warnings.case_key IS 'Case number as key; none where no case is concerned';
COMMENT ON COLUMN warnings.case_number IS 'Case number as it was sent';
COMMENT ON COLUMN warnings.owner_role IS 'In which role';
COMMENT ON COLUMN warnings.due_on IS 'The day that was missed, where there was one';
COMMENT ON COLUMN warnings.since IS 'When it was found';
COMMENT ON COLUMN warning_history.state IS 'raised, closed or cleared';

ALTER TABLE review_facts DROP CONSTRAINT review_facts_what;
ALTER TABLE warnings DROP CONSTRAINT warnings_state;
ALTER TABLE review_facts ADD CONSTRAINT review_facts_what CHECK (what IN ('required', 'submitted', 'not_required', 'returned', 'opinion', 'cleared', 'bypassed', 'overdue'));
ALTER TABLE publication_facts ADD CONSTRAINT publication_facts_what CHECK (what IN ('due', 'published', 'withheld', 'overdue'));
ALTER TABLE casefile_facts ADD CONSTRAINT casefile_facts_what CHECK (what IN ('ended', 'due', 'archived', 'overdue'));
ALTER TABLE gap_facts ADD CONSTRAINT gap_facts_what CHECK (what IN ('found', 'explained', 'closed'));
ALTER TABLE annulment_facts ADD CONSTRAINT annulment_facts_what CHECK (what IN ('annulled', 'withdrawn', 'overdue'));
ALTER TABLE duties ADD CONSTRAINT duties_state CHECK (state IN ('open', 'done', 'missed', 'void'));
ALTER TABLE duty_counts ADD CONSTRAINT duty_counts_result CHECK (result IN ('met', 'missed', 'open'));
ALTER TABLE warnings ADD CONSTRAINT warnings_state CHECK (state IN ('raised', 'closed', 'cleared'));
ALTER TABLE warning_acts ADD CONSTRAINT warning_acts_what CHECK (what IN ('taken', 'explained', 'closed'));
ALTER TABLE task_acts ADD CONSTRAINT task_acts_what CHECK (what IN ('accepted', 'reported', 'verified', 'rejected'));

CREATE INDEX publication_facts_item ON publication_facts (item_id);
CREATE INDEX publication_facts_case ON publication_facts (case_key);
CREATE INDEX publication_facts_corrects ON publication_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX casefile_facts_case ON casefile_facts (case_key);
CREATE INDEX casefile_facts_corrects ON casefile_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX gap_facts_action ON gap_facts (action_id);
CREATE INDEX gap_facts_case ON gap_facts (case_key);
CREATE INDEX gap_facts_corrects ON gap_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX annulment_facts_decision ON annulment_facts (decision_id);
CREATE INDEX annulment_facts_case ON annulment_facts (case_key);
CREATE INDEX annulment_facts_corrects ON annulment_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX handling_facts_case ON handling_facts (case_key);
CREATE INDEX handling_facts_corrects ON handling_facts (source, corrects) WHERE corrects IS NOT NULL;
CREATE INDEX publication_facts_decision ON publication_facts (decision_id) WHERE decision_id IS NOT NULL;
CREATE UNIQUE INDEX cases_ref ON cases (case_ref);
CREATE INDEX cases_newest ON cases (accepted_at DESC, case_key DESC) WHERE accepted_at IS NOT NULL;
CREATE INDEX cases_unit ON cases (unit, accepted_at DESC, case_key DESC) WHERE accepted_at IS NOT NULL;
CREATE INDEX cases_handlers ON cases USING gin (handlers jsonb_path_ops);
CREATE INDEX cases_pairs ON cases USING gin (pairs jsonb_path_ops);
CREATE INDEX document_refs_case ON document_refs (case_key);
CREATE INDEX document_refs_pairs ON document_refs USING gin (pairs jsonb_path_ops);
CREATE INDEX duties_case ON duties (case_key);
CREATE INDEX duties_counted ON duties (kind, counted_on DESC, subject DESC) WHERE counted_on IS NOT NULL;
CREATE INDEX duties_unit ON duties (kind, unit, counted_on DESC, subject DESC) WHERE counted_on IS NOT NULL;
CREATE INDEX duty_counts_day ON duty_counts (kind, counted_on);
CREATE INDEX warnings_subject ON warnings (kind, subject);
CREATE INDEX warnings_case ON warnings (case_key) WHERE case_key IS NOT NULL;
CREATE INDEX warnings_state_newest ON warnings (state, since DESC, warning_id DESC);
CREATE INDEX warnings_todo ON warnings (owner_role, due_on, since, warning_id) WHERE state = 'raised' AND mode = 'live';
CREATE INDEX warnings_owner ON warnings (owner_unit, state, since DESC, warning_id DESC);
CREATE INDEX warning_acts_warning ON warning_acts (warning_id, number);
CREATE INDEX dead_letters_newest ON dead_letters (failed_at DESC, id DESC);
CREATE INDEX task_acts_task ON task_acts (task, number DESC)

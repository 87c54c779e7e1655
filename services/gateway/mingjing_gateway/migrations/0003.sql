-- Accounts, sessions, roles, delegations, and the facts behind the directory.
CREATE TABLE accounts (
	police_number TEXT NOT NULL,
	name TEXT NOT NULL,
	unit TEXT NOT NULL,
	password_hash TEXT,
	password_at TIMESTAMP WITH TIME ZONE,
	is_open BOOLEAN NOT NULL,
	failures INTEGER NOT NULL,
	locked_until TIMESTAMP WITH TIME ZONE,
	session_epoch INTEGER NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	made_by TEXT NOT NULL,
	PRIMARY KEY (police_number)
);
COMMENT ON TABLE accounts IS 'record: who may sign in with a local account';
COMMENT ON COLUMN accounts.police_number IS '6-digit police number';
COMMENT ON COLUMN accounts.name IS 'Name, until the directory tells it';
COMMENT ON COLUMN accounts.unit IS 'Code of the unit, until the directory tells it';
COMMENT ON COLUMN accounts.password_hash IS 'argon2id; none until the first password is set';
COMMENT ON COLUMN accounts.password_at IS 'When the password was last set';
COMMENT ON COLUMN accounts.is_open IS 'Whether the officer may sign in';
COMMENT ON COLUMN accounts.failures IS 'Wrong passwords since the last right one';
COMMENT ON COLUMN accounts.locked_until IS 'No sign-in before this';
COMMENT ON COLUMN accounts.session_epoch IS 'Tokens of an older one are void';
COMMENT ON COLUMN accounts.made_at IS 'When the account was made';
COMMENT ON COLUMN accounts.made_by IS 'Police number, or who was at the keyboard';

CREATE TABLE sign_in_links (
	link_hash BYTEA NOT NULL,
	police_number TEXT NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	made_by TEXT NOT NULL,
	ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
	used_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (link_hash)
);
COMMENT ON TABLE sign_in_links IS 'record: links with which an officer sets a password, each used once';
COMMENT ON COLUMN sign_in_links.link_hash IS 'SHA-256 of the link''s secret';
COMMENT ON COLUMN sign_in_links.police_number IS 'Whose password it lets set';
COMMENT ON COLUMN sign_in_links.made_at IS 'When it was made';
COMMENT ON COLUMN sign_in_links.made_by IS 'Police number, or who was at the keyboard';
COMMENT ON COLUMN sign_in_links.ends_at IS 'Opens nothing from then on';
COMMENT ON COLUMN sign_in_links.used_at IS 'When it was used; it is used once';

CREATE TABLE sessions (
	session_hash BYTEA NOT NULL,
	police_number TEXT NOT NULL,
	csrf TEXT NOT NULL,
	begun_at TIMESTAMP WITH TIME ZONE NOT NULL,
	seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (session_hash)
);
COMMENT ON TABLE sessions IS 'record: sessions of officers'' browsers';
COMMENT ON COLUMN sessions.session_hash IS 'SHA-256 of the cookie';
COMMENT ON COLUMN sessions.police_number IS 'Whose session';
COMMENT ON COLUMN sessions.csrf IS 'Mark that the session''s forms carry';
COMMENT ON COLUMN sessions.begun_at IS 'When it began';
COMMENT ON COLUMN sessions.seen_at IS 'When it was last used, to the minute';
COMMENT ON COLUMN sessions.ends_at IS 'When it ends at the latest';
COMMENT ON COLUMN sessions.ended_at IS 'When it was ended';

CREATE TABLE role_changes (
	change_id UUID NOT NULL,
	police_number TEXT NOT NULL,
	role TEXT NOT NULL,
	unit TEXT NOT NULL,
	what TEXT NOT NULL,
	why TEXT NOT NULL,
	proposed_by TEXT NOT NULL,
	proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	decided_by TEXT,
	decided_at TIMESTAMP WITH TIME ZONE,
	approved BOOLEAN,
	PRIMARY KEY (change_id)
);
COMMENT ON TABLE role_changes IS 'record: roles granted and withdrawn, each by two people';
COMMENT ON COLUMN role_changes.change_id IS 'Our id of the change';
COMMENT ON COLUMN role_changes.police_number IS 'Whose role';
COMMENT ON COLUMN role_changes.role IS 'Code of the role';
COMMENT ON COLUMN role_changes.unit IS 'Code of the unit for which it is held';
COMMENT ON COLUMN role_changes.what IS 'grant or withdraw';
COMMENT ON COLUMN role_changes.why IS 'Reason given';
COMMENT ON COLUMN role_changes.proposed_by IS 'Administrator who proposed it';
COMMENT ON COLUMN role_changes.proposed_at IS 'When';
COMMENT ON COLUMN role_changes.decided_by IS 'Another administrator, who decided';
COMMENT ON COLUMN role_changes.decided_at IS 'When';
COMMENT ON COLUMN role_changes.approved IS 'Whether it was approved; none: open';

CREATE TABLE delegations (
	delegation_id UUID NOT NULL,
	giver TEXT NOT NULL,
	taker TEXT NOT NULL,
	role TEXT NOT NULL,
	unit TEXT NOT NULL,
	from_on DATE NOT NULL,
	until_on DATE NOT NULL,
	why TEXT NOT NULL,
	given_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	PRIMARY KEY (delegation_id)
);
COMMENT ON TABLE delegations IS 'record: who stands in for whom (代行), dated';
COMMENT ON COLUMN delegations.delegation_id IS 'Our id of the delegation';
COMMENT ON COLUMN delegations.giver IS 'Police number of who is away';
COMMENT ON COLUMN delegations.taker IS 'Police number of who stands in';
COMMENT ON COLUMN delegations.role IS 'Code of the role handed over';
COMMENT ON COLUMN delegations.unit IS 'Code of the unit for which it is held';
COMMENT ON COLUMN delegations.from_on IS 'First day';
COMMENT ON COLUMN delegations.until_on IS 'Last day';
COMMENT ON COLUMN delegations.why IS 'Reason given';
COMMENT ON COLUMN delegations.given_at IS 'When it was given';
COMMENT ON COLUMN delegations.ended_at IS 'When it was taken back before its last day';

CREATE TABLE unit_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	code TEXT NOT NULL,
	version JSONB NOT NULL,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE unit_facts IS 'projection: every version of a unit that personnel systems told';
COMMENT ON COLUMN unit_facts.source IS 'Who said it';
COMMENT ON COLUMN unit_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN unit_facts.happened_at IS 'When it happened; only orders';
COMMENT ON COLUMN unit_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN unit_facts.code IS '12-digit code of the unit';
COMMENT ON COLUMN unit_facts.version IS 'The unit from its valid_from on';

CREATE TABLE officer_facts (
	source TEXT NOT NULL,
	event_id TEXT NOT NULL,
	happened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	corrects TEXT,
	police_number TEXT NOT NULL,
	version JSONB NOT NULL,
	PRIMARY KEY (source, event_id)
);
COMMENT ON TABLE officer_facts IS 'projection: every version of an officer that personnel systems told';
COMMENT ON COLUMN officer_facts.source IS 'Who said it';
COMMENT ON COLUMN officer_facts.event_id IS 'The event''s id within its source';
COMMENT ON COLUMN officer_facts.happened_at IS 'When it happened; only orders';
COMMENT ON COLUMN officer_facts.corrects IS 'Id of the event of the same source that it corrects';
COMMENT ON COLUMN officer_facts.police_number IS '6-digit police number';
COMMENT ON COLUMN officer_facts.version IS 'The officer from its valid_from on';

CREATE TABLE link_requests (
	police_number TEXT NOT NULL,
	asked_by TEXT NOT NULL,
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	PRIMARY KEY (police_number)
);
COMMENT ON TABLE link_requests IS 'record: links for accounts that hold roles, asked for and not yet made by another';
COMMENT ON COLUMN link_requests.police_number IS 'Whose password is to be set anew';
COMMENT ON COLUMN link_requests.asked_by IS 'Administrator who asked for it';
COMMENT ON COLUMN link_requests.asked_at IS 'When';

CREATE INDEX sessions_officer ON sessions (police_number) WHERE ended_at IS NULL;
CREATE INDEX role_changes_officer ON role_changes (police_number, proposed_at DESC);
CREATE UNIQUE INDEX role_changes_open ON role_changes (police_number, role, unit) WHERE approved IS NULL;
CREATE INDEX delegations_taker ON delegations (taker) WHERE ended_at IS NULL;
CREATE INDEX delegations_giver ON delegations (giver);
CREATE INDEX unit_facts_code ON unit_facts (code);
CREATE INDEX officer_facts_number ON officer_facts (police_number);
ALTER TABLE role_changes ADD CONSTRAINT role_changes_two_people CHECK (decided_by IS NULL OR decided_by <> proposed_by);
ALTER TABLE role_changes ADD CONSTRAINT role_changes_what CHECK (what IN ('grant', 'withdraw'));
ALTER TABLE delegations ADD CONSTRAINT delegations_days CHECK (until_on >= from_on);
ALTER TABLE delegations ADD CONSTRAINT delegations_another CHECK (giver <> taker);

-- How long a publisher is quiet at most, when that is agreed with it.
ALTER TABLE publishers ADD COLUMN quiet_minutes_max INTEGER;
COMMENT ON COLUMN publishers.quiet_minutes_max IS 'The longest it is quiet, if that is agreed';

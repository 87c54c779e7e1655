ALTER TABLE publishers_register ADD COLUMN quiet_minutes_max INTEGER;
COMMENT ON COLUMN publishers_register.quiet_minutes_max IS 'The longest it is quiet, if that is agreed';

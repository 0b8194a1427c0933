-- The revision that the author saw when the command was given. What is older than this column was written down without it.
ALTER TABLE changes ADD COLUMN base INTEGER NOT NULL DEFAULT 0;

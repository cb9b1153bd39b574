CREATE TABLE `scope_marks` (
	`pair` integer NOT NULL,
	`mark` integer NOT NULL,
	PRIMARY KEY(`pair`, `mark`),
	FOREIGN KEY (`pair`) REFERENCES `location_pairs`(`number`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `location_pairs` ADD `scope` text;
ALTER TABLE "location_pairs" ADD COLUMN "machine_start" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "location_pairs" ADD COLUMN "settled_mark" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD COLUMN "mark" integer;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD COLUMN "replaced" text COLLATE "C";
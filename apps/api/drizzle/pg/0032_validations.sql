ALTER TABLE "reports" ADD COLUMN "span" jsonb;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "validation" jsonb;
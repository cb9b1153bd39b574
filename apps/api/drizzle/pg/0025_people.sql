ALTER TABLE "users" ADD COLUMN "updated_by_id" text COLLATE "C";--> statement-breakpoint
CREATE INDEX "users_name" ON "users" USING btree ("display_name","id");
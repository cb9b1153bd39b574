CREATE INDEX "api_tokens_created" ON "api_tokens" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "api_tokens_created_by" ON "api_tokens" USING btree ("created_by_id","created_at");
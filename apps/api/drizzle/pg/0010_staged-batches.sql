CREATE TABLE "staged_batches" (
	"plan_id" text COLLATE "C" NOT NULL,
	"side" text COLLATE "C" NOT NULL,
	"parent_key" text COLLATE "C" NOT NULL,
	"part" integer NOT NULL,
	"depth" integer NOT NULL,
	"folder" text COLLATE "C" NOT NULL,
	"item_count" integer NOT NULL,
	"file_count" integer NOT NULL,
	"byte_count" bigint NOT NULL,
	"marks" text COLLATE "C" NOT NULL,
	"rest" text COLLATE "C" NOT NULL,
	CONSTRAINT "staged_batches_plan_id_side_parent_key_part_pk" PRIMARY KEY("plan_id","side","parent_key","part")
);
--> statement-breakpoint
CREATE TABLE "staged_identities" (
	"plan_id" text COLLATE "C" NOT NULL,
	"side" text COLLATE "C" NOT NULL,
	"remote_id" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	CONSTRAINT "staged_identities_plan_id_side_remote_id_key_pk" PRIMARY KEY("plan_id","side","remote_id","key")
);
--> statement-breakpoint
DROP INDEX "staged_items_order";--> statement-breakpoint
DROP INDEX "staged_items_parent";--> statement-breakpoint
DROP INDEX "staged_items_remote";--> statement-breakpoint
DROP INDEX "staged_items_kind";--> statement-breakpoint
ALTER TABLE "staged_batches" ADD CONSTRAINT "staged_batches_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staged_identities" ADD CONSTRAINT "staged_identities_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "staged_batches_order" ON "staged_batches" USING btree ("plan_id","side","depth","parent_key","part");--> statement-breakpoint
CREATE INDEX "ledger_entries_source_folder" ON "ledger_entries" USING btree ("job_id","pair",rtrim(source_key, replace(source_key, '/', '')));--> statement-breakpoint
ALTER TABLE "staged_items" DROP COLUMN "parent_key";--> statement-breakpoint
ALTER TABLE "staged_items" DROP COLUMN "depth";
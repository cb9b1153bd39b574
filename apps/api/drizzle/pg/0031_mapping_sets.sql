CREATE TABLE "mapping_sets" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"name_key" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"source_platform" text COLLATE "C" NOT NULL,
	"destination_platform" text COLLATE "C" NOT NULL,
	"automatic_matches" jsonb NOT NULL,
	"exclusions" jsonb NOT NULL,
	"unmapped" text COLLATE "C" NOT NULL,
	"default_target" text COLLATE "C",
	"metadata_rules" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"updated_by_id" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "mapping_entries" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"set_id" text COLLATE "C" NOT NULL,
	"source_key" text COLLATE "C" NOT NULL,
	"destination_key" text COLLATE "C" NOT NULL,
	"search_key" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "jobs" ADD COLUMN "mapping_set_ids" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "mapping_entries" ADD CONSTRAINT "mapping_entries_set_id_mapping_sets_id_fk" FOREIGN KEY ("set_id") REFERENCES "public"."mapping_sets"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "mapping_sets_name" ON "mapping_sets" USING btree ("name_key");--> statement-breakpoint
CREATE UNIQUE INDEX "mapping_entries_source" ON "mapping_entries" USING btree ("set_id","source_key");
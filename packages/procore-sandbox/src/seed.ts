import type { SandboxControl } from './control.js';
import { seeded } from './seed-data.js';
import { itemOf, type World } from './model/world.js';

const CHECK_OUT_MS = 24 * 3_600_000;

const text = (title: string, lines: number): string =>
  `${title}\n\n${Array.from({ length: lines }, (_, line) => `${line + 1}. ${title}, clause ${line + 1}`).join('\n')}\n`;

/** Fills the seeded project: folders, files, two versions of one, a private folder, a check-out, a field and a tag. */
export async function seedContent(world: World, control: SandboxControl): Promise<void> {
  const { projectId } = seeded;
  await control.seed(projectId, [
    { path: '01 Drawings/Structural' },
    { path: '01 Drawings/Architectural/A-101 Ground floor.txt', content: text('Ground floor', 40) },
    { path: '02 Reports/Soil report.txt', content: text('Soil report', 120), description: 'Issued for review' },
    { path: '03 Permits', isPrivate: true },
    { path: '03 Permits/Permit 12.txt', content: text('Permit 12', 8) },
    { path: 'Tide study.txt', content: text('Tide study', 20) },
    { path: 'Tide study.txt', content: text('Tide study, second issue', 24), notes: 'Second issue' },
  ]);
  control.checkOut('02 Reports/Soil report.txt', new Date(world.now() + CHECK_OUT_MS));
  const project = world.project(projectId);
  const study =
    [...project.items.values()].find((item) => item.name === 'Tide study.txt') ?? itemOf(project, project.rootId);
  const tag = { id: world.nextId(), name: 'as-built' };
  project.tags.set(tag.id, tag);
  study.tagIds.add(tag.id);
  study.customFields.set(41_007, 'A-2');
}

import { describe, expect, it } from 'vitest';
import { seeded } from '../seed-data.js';
import { names, openSandbox, TestClient, text } from '../test-client.js';

const projects = `/rest/v1.1/projects?company_id=${seeded.companyId}`;
const filters = (values: Record<string, string>) =>
  Object.entries(values)
    .map(([name, value]) => `&filters%5B${name}%5D=${encodeURIComponent(value)}`)
    .join('');

describe('companies', () => {
  it('leave free ones out unless they are asked for', async () => {
    const client = new TestClient(await openSandbox());
    const listed = async (query: string) => names(await client.get(`/rest/v1.0/companies${query}`));
    expect(await listed('')).toEqual(['Quay Builders', 'Breakwater Joinery']);
    expect(await listed('?include_free_companies=true')).toEqual([
      'Quay Builders',
      'Breakwater Joinery',
      'Ebb and Daughters',
    ]);
  });

  it('tell their zone and web host, for the company of the header', async () => {
    const client = new TestClient(await openSandbox());
    const zone = (companyId: number | null) => client.get('/rest/v1.0/company_base_url', { companyId });
    expect(await zone(seeded.companyId)).toMatchObject({
      status: 200,
      json: { zone: 'us02', web_base_url: 'https://us02.procore.com' },
    });
    expect((await zone(null)).status).toBe(400);
    expect((await zone(seeded.disconnectedCompanyId)).status).toBe(403);
  });
});

describe('projects', () => {
  it('leave inactive ones out unless by_status asks for them', async () => {
    const client = new TestClient(await openSandbox());
    const listed = async (more: string) => names(await client.get(projects + more));
    expect(await listed('')).not.toContain('Old Slipway');
    expect(await listed(filters({ by_status: 'Inactive' }))).toEqual(['Old Slipway']);
    const { rows } = await client.get(projects + filters({ by_status: 'All' }));
    expect(rows.find((row) => text(row['name']) === 'Old Slipway')).toMatchObject({ active: false });
    expect(rows).toHaveLength(3);
  });

  it('are 3,000 more when told to, in pages of at most 300, found by a part of the name or by the whole', async () => {
    const sandbox = await openSandbox({ extraProjects: 2999 });
    sandbox.control.addProjects(1);
    const client = new TestClient(sandbox);
    const first = await client.get(`${projects}&per_page=1000`);
    expect([first.rows.length, first.headers.get('total')]).toEqual([300, '3002']);
    const found = async () => names(await client.get(`${projects}&per_page=300${filters({ name: 'berth 300' })}`));
    expect(await found()).toEqual(['Berth 300', 'Berth 3000']);
    sandbox.control.setBehaviour({ projectNameFilter: 'exact' });
    expect(await found()).toEqual(['Berth 300']);
  });

  it('can be added on the overview page, within bounds', async () => {
    const sandbox = await openSandbox();
    const add = async (count: string) =>
      (
        await fetch(`${sandbox.apiUrl}/sandbox/projects`, {
          method: 'POST',
          redirect: 'manual',
          body: new URLSearchParams({ count }),
        })
      ).status;
    expect([await add('2'), await add('10001'), await add('0'), await add('many')]).toEqual([303, 400, 400, 400]);
    expect(names(await new TestClient(sandbox).get(projects))).toEqual([
      'Harbour Pier 4',
      'Ferry Terminal East',
      'Berth 1',
      'Berth 2',
    ]);
  });
});

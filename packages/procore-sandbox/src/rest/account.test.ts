import { describe, expect, it } from 'vitest';
import { seeded } from '../seed-data.js';
import { names, openSandbox, read, TestClient, text } from '../test-client.js';
import type { Sandbox } from '../sandbox.js';

const company = seeded.companyId;

async function serviceClient(sandbox: Sandbox): Promise<TestClient> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: seeded.serviceClientId,
    client_secret: seeded.serviceClientSecret,
  });
  const reply = await read(await fetch(`${sandbox.loginUrl}/oauth/token`, { method: 'POST', body }));
  const client = new TestClient(sandbox);
  client.token = text(reply.json['access_token']);
  return client;
}

describe('company header', () => {
  it('may be left out for me and companies only, and by people only', async () => {
    const sandbox = await openSandbox();
    const person = new TestClient(sandbox);
    const service = await serviceClient(sandbox);
    const status = async (client: TestClient, path: string) => (await client.get(path, { companyId: null })).status;
    expect(await status(person, '/rest/v1.0/me')).toBe(200);
    expect(await status(person, '/rest/v1.0/companies')).toBe(200);
    expect(await status(person, `/rest/v1.0/me?company_id=${company}`)).toBe(400);
    expect(await status(service, '/rest/v1.0/me')).toBe(400);
    expect(await status(service, '/rest/v1.0/companies')).toBe(400);
    expect((await service.get('/rest/v1.0/companies')).status).toBe(200);
    const missing = await person.get(`/rest/v1.1/projects?company_id=${company}`, { companyId: null });
    expect(missing.status).toBe(400);
    expect(missing.text).toMatch(/^Missing Procore-Company-Id header!/);
    expect(missing.headers.get('content-type')).toContain('text/plain');
  });

  it('must name a company that the app is installed in', async () => {
    const client = new TestClient(await openSandbox());
    const disconnected = await client.get('/rest/v1.0/me', { companyId: seeded.disconnectedCompanyId });
    expect(disconnected).toMatchObject({ status: 403, json: { errors: ['App is not connected to this company.'] } });
    client.sandbox.control.setBehaviour({ notInstalledStatus: 401 });
    const unauthorized = await client.get('/rest/v1.0/me', { companyId: seeded.disconnectedCompanyId });
    expect(unauthorized).toMatchObject({ status: 401, json: { errors: 'The access token is invalid' } });
    expect((await client.get('/rest/v1.0/me', { companyId: null })).status).toBe(200);
    expect(await client.get('/rest/v1.0/me', { companyId: 7 })).toMatchObject({
      status: 403,
      json: { message: 'Invalid Project or Company' },
    });
    expect((await client.get('/rest/v1.0/companies')).rows.map((each) => each['id'])).toEqual([
      company,
      seeded.disconnectedCompanyId,
    ]);
  });
});

describe('people and projects', () => {
  it('tells who the caller is', async () => {
    const client = new TestClient(await openSandbox(), 'rhea@quay.example');
    expect((await client.get('/rest/v1.0/me')).json).toEqual({
      id: seeded.readerId,
      login: 'rhea@quay.example',
      name: null,
    });
    expect((await client.get(`/rest/v1.0/me?company_id=${company}`)).json['name']).toBe('Rhea Nolan');
    expect((await client.get(`/rest/v1.3/companies/${company}/me`)).json).toMatchObject({
      first_name: 'Rhea',
      email_address: 'rhea@quay.example',
      is_active: true,
    });
  });

  it('lists the projects of the caller, with ids above 2^49 as numbers', async () => {
    const client = new TestClient(await openSandbox());
    const answer = await client.get(`/rest/v1.1/projects?company_id=${company}&sort=name`);
    const { json, headers } = answer;
    expect(names(answer)).toEqual(['Ferry Terminal East', 'Harbour Pier 4']);
    expect(json[1]).toMatchObject({ id: seeded.projectId, display_name: '2291 - Harbour Pier 4', active: true });
    expect(headers.get('total')).toBe('2');
    expect((await client.get(`/rest/v1.1/projects?company_id=${company}&filters%5Bname%5D=pier`)).json).toHaveLength(1);
    expect((await client.get('/rest/v1.1/projects')).status).toBe(400);
    const ids = await client.get(`/rest/v1.1/projects?company_id=${company}&view=ids`);
    expect(ids.json).toEqual([seeded.projectId, seeded.emptyProjectId]);
    const shown = await client.get(`/rest/v1.0/projects/${seeded.projectId}?company_id=${company}&view=minimal`);
    expect(shown.json).toMatchObject({ name: 'Harbour Pier 4', company: { name: 'Quay Builders' } });
  });

  it('tells the level of the Documents tool', async () => {
    const sandbox = await openSandbox();
    const tool = async (login: string) => {
      const path = `/rest/v1.0/settings/permissions?project_id=${seeded.projectId}`;
      return (await new TestClient(sandbox, login).get(path)).json['tools']?.[0];
    };
    expect(await tool('ivo@quay.example')).toMatchObject({ name: 'documents', user_access_level: { name: 'Admin' } });
    expect(await tool('rhea@quay.example')).toMatchObject({
      user_access_level: { name: 'Read Only' },
      can_create: false,
      permitted_actions: [],
    });
    sandbox.control.setPermission(seeded.readerId, seeded.projectId, 'standard', ['see_recycle_bin']);
    const bin = { id: 13, action_name: 'see_recycle_bin', label: 'See recycle bin', tool_name: 'documents' };
    expect(await tool('rhea@quay.example')).toMatchObject({ can_create: true, permitted_actions: [bin] });
    expect((await tool('ivo@quay.example'))?.['permitted_actions']).toContainEqual(
      expect.objectContaining({ action_name: 'destroy_files_and_folders', label: 'Delete folders and files' }),
    );
    sandbox.control.setBehaviour({ permittedActions: 'names' });
    expect(await tool('rhea@quay.example')).toMatchObject({ permitted_actions: ['see_recycle_bin'] });
  });

  it('shows a service account its permitted projects until they are cleared', async () => {
    const sandbox = await openSandbox();
    const client = await serviceClient(sandbox);
    const projects = () => client.get(`/rest/v1.1/projects?company_id=${company}`);
    expect((await projects()).json).toHaveLength(2);
    expect((await client.documents()).status).toBe(200);
    sandbox.control.clearPermittedProjects();
    expect((await projects()).json).toEqual([]);
    expect(await client.documents()).toMatchObject({ status: 403, json: { message: 'Invalid Project or Company' } });
  });

  it('refuses tokens that expired or were revoked', async () => {
    const sandbox = await openSandbox();
    const client = new TestClient(sandbox);
    sandbox.control.revokeAllTokens();
    expect(await client.documents()).toMatchObject({ status: 401, json: { errors: 'The access token is invalid' } });
  });
});

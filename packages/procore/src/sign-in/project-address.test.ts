import { expect, test } from 'vitest';
import { readProjectAddress } from './project-address.js';

test.each([
  ['https://us02.procore.com/598134325500772/project/documents', { companyId: null, projectId: '598134325500772' }],
  ['https://app.procore.com/12/project/home?x=1#top', { companyId: null, projectId: '12' }],
  [
    ' https://us02.procore.com/webclients/host/companies/598134325100042/projects/598134325500772/tools/documents ',
    { companyId: '598134325100042', projectId: '598134325500772' },
  ],
  ['https://us02.procore.com/webclients/host/companies/1/projects/2', { companyId: '1', projectId: '2' }],
  ['https://us02.procore.com/webclients/host/companies/1/home', null],
  ['https://us02.procore.com/', null],
  ['598134325500772', null],
  ['us02.procore.com/12/project', null],
  ['https://us02.procore.com/projects/everything', null],
])('the address %s names %o', (address, expected) => {
  expect(readProjectAddress(address)).toEqual(expected);
});

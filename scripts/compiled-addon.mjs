import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import process from 'node:process';

/**
 * Where no prebuilt addon can be fetched, its compilation takes two minutes at every `npm ci`. This puts the compiled
 * file where prebuild-install looks before it downloads, so that the next installation on this machine is quick.
 * Only a convenience: whatever goes wrong is left alone.
 */
export function keepCompiledAddon(name) {
  try {
    const require = createRequire(new URL('../node_modules/', import.meta.url));
    const prebuilds = require('prebuild-install/util');
    const folder = dirname(require.resolve(`${name}/package.json`));
    const binary = `build/Release/${name.replaceAll('-', '_')}.node`;
    const isMusl = !process.report.getReport().header.glibcVersionRuntime;
    if (process.platform !== 'linux' || isMusl || !existsSync(`${folder}/${binary}`)) return;
    const url = prebuilds.getDownloadUrl({
      pkg: require(`${name}/package.json`),
      platform: process.platform,
      arch: process.arch,
      'tag-prefix': 'v',
    });
    const archive = prebuilds.cachedPrebuild(url);
    if (existsSync(archive)) return;
    mkdirSync(dirname(archive), { recursive: true });
    spawnSync('tar', ['-czf', archive, '-C', folder, binary], { stdio: 'ignore' });
  } catch {
    return;
  }
}

/** A mounted file system, as Linux lists it in `/proc/self/mountinfo`. */
export interface Mount {
  /** Folder at which it is mounted. */
  point: string;
  /** Folder of the file system that is mounted there: `/`, or another one for a bind mount. */
  root: string;
  /** Major and minor number of the file system's device. */
  device: string;
  /** Such as `ext4`. */
  type: string;
}

/** A folder by the file system that holds it, which is the same through every bind mount. */
interface MountedFolder extends Pick<Mount, 'device' | 'type'> {
  path: string;
}

/** File systems that show the kernel and its processes, wherever they are mounted. */
const KERNEL_TYPES = new Set([
  'binfmt_misc',
  'bpf',
  'cgroup',
  'cgroup2',
  'configfs',
  'debugfs',
  'devpts',
  'devtmpfs',
  'efivarfs',
  'mqueue',
  'proc',
  'pstore',
  'securityfs',
  'selinuxfs',
  'sysfs',
  'tracefs',
]);

/** Reads the text of `/proc/self/mountinfo`; lines of another form are left out. */
export function readMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [, , device, root, point, ...rest] = line.split(' ');
    const type = rest[rest.indexOf('-') + 1];
    if (device === undefined || root === undefined || point === undefined || type === undefined) return [];
    return [{ device, root: unescaped(root), point: unescaped(point), type }];
  });
}

/** Whether two folders overlap: one is the other, lies in it, or shows it through a mount. All paths are real paths. */
export function overlaps(folder: string, kept: string, mounts: readonly Mount[]): boolean {
  if (isRelated(folder, kept)) return true;
  const others = placesIn(kept, mounts);
  return placesIn(folder, mounts).some((place) =>
    others.some((other) => other.device === place.device && isRelated(other.path, place.path)),
  );
}

/** Whether a folder shows the kernel or its processes, or holds a mount that does. */
export function showsKernel(folder: string, mounts: readonly Mount[]): boolean {
  return placesIn(folder, mounts).some(({ type }) => KERNEL_TYPES.has(type));
}

/** Whether `path` is the folder or lies below it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

function isRelated(one: string, other: string): boolean {
  return isWithin(one, other) || isWithin(other, one);
}

/** The place of the folder itself, and the places of all file systems that are mounted below it. */
function placesIn(folder: string, mounts: readonly Mount[]): MountedFolder[] {
  const below = mounts.filter(({ point }) => isWithin(point, folder) && point !== folder);
  const own = placeOf(folder, mounts);
  return [...(own === null ? [] : [own]), ...below.map(({ device, root, type }) => ({ device, path: root, type }))];
}

function placeOf(path: string, mounts: readonly Mount[]): MountedFolder | null {
  const mount = mountOf(path, mounts);
  if (mount === null) return null;
  const rest = path.slice(mount.point === '/' ? 0 : mount.point.length);
  return { device: mount.device, type: mount.type, path: `${mount.root.replace(/\/$/, '')}${rest}` || '/' };
}

/** The mount that shows a path: the innermost one, and of several at one point the last. */
function mountOf(path: string, mounts: readonly Mount[]): Mount | null {
  let found: Mount | null = null;
  for (const mount of mounts) {
    if (isWithin(path, mount.point) && (found === null || mount.point.length >= found.point.length)) found = mount;
  }
  return found;
}

/** Decodes a field of `mountinfo`, in which blanks and backslashes are octal escapes. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_all, octal: string) => String.fromCharCode(parseInt(octal, 8)));
}

import { badRequest, forbidden, gone, invalid } from '../errors.js';
import type { Fields, FormFile } from '../forms.js';
import type { NewVersion } from '../model/tree.js';
import type { Bytes, Upload } from '../model/types.js';
import type { World } from '../model/world.js';
import type { ProjectCall } from './call.js';

/** Bytes that a call wants to attach. `take` uses the upload up and comes last, after every check of the call. */
export interface Content {
  take(name: string, notes: string | null): NewVersion;
  /** The name that the bytes came with. */
  filename: string;
}

/** The content of a body: an upload by its uuid, or the deprecated file part; null when there is neither. */
export function readContent(world: World, call: ProjectCall, body: Fields, files: readonly FormFile[]): Content | null {
  const uuid = body['upload_uuid'];
  const file = files.find(({ field }) => field.endsWith('[data]'));
  if (typeof uuid === 'string' && uuid !== '') {
    if (file) throw badRequest('Send either upload_uuid or data');
    return uploadContent(requireUpload(world, call, uuid));
  }
  return file ? formContent(world, file) : null;
}

function uploadContent({ upload, bytes }: { upload: Upload; bytes: Bytes }): Content {
  return {
    filename: upload.filename,
    take: (filename, notes) => {
      upload.consumed = true;
      return { bytes, filename, notes, contentType: upload.contentType };
    },
  };
}

function formContent(world: World, file: FormFile): Content {
  if (file.part.size === 0 && world.options.behaviour.refuseZeroBytes) throw invalid('data', 'is empty');
  return {
    filename: file.filename,
    take: (filename, notes) => ({ bytes: [file.part], filename, notes, contentType: file.contentType }),
  };
}

/** An upload that is stored, young, unused and made by the same user; refuses anything else. */
function requireUpload(world: World, call: ProjectCall, uuid: string): { upload: Upload; bytes: Bytes } {
  const upload = world.state.uploads.get(uuid);
  if (!upload || upload.companyId !== call.project.companyId) throw invalid('upload_uuid', 'is invalid');
  if (upload.userId !== call.user.id) throw forbidden('The upload belongs to another user');
  if (isExpired(world, upload)) throw gone('The upload has expired');
  if (upload.consumed) throw invalid('upload_uuid', 'has already been used');
  if (upload.bytes === null) throw invalid('upload_uuid', 'is not complete');
  return { upload, bytes: upload.bytes };
}

export const isExpired = (world: World, upload: Upload): boolean =>
  world.now() >= upload.createdAt + world.options.behaviour.uploadAttachSeconds * 1000;

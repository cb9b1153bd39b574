const WHOLE_TEXT = 0x81;
/** Values of the length's first byte that say that a length of two or of eight bytes follows. */
const [IN_TWO, IN_EIGHT] = [126, 127];

/** A whole text message of the WebSocket protocol as a server sends it (RFC 6455, 5.2): one piece for one write. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const head = length < IN_TWO ? 2 : length <= 0xffff ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = WHOLE_TEXT;
  if (head === 2) frame[1] = length;
  else if (head === 4) frame.writeUInt16BE(length, frame.writeUInt8(IN_TWO, 1));
  else frame.writeBigUInt64BE(BigInt(length), frame.writeUInt8(IN_EIGHT, 1));
  frame.write(text, head);
  return frame;
}

import type { Texts } from '../translator.js';

/** German of what the API says itself of plans and their steps. */
export const sentences: Texts = {
  // plans
  'Items are flagged and stay where they are; see their reasons.':
    'Elemente sind markiert und bleiben, wo sie sind; sehen Sie ihre Gründe an.',
  'Content at the destination is replaced by a newer version.':
    'Inhalte im Ziel werden durch eine neuere Version ersetzt.',
  'Names are adapted to what the destination can hold.': 'Namen werden an das angepasst, was das Ziel aufnehmen kann.',
  'Former versions come whose size the source does not tell before they are read: the bytes are at least those of the plan.':
    'Frühere Versionen kommen mit, deren Größe die Quelle erst beim Lesen nennt: Es sind mindestens die Bytes des Plans.',
  'What is replaced is kept in the trash, so that an undo can bring it back: {1} bytes.':
    'Was ersetzt wird, bleibt im Papierkorb, damit es sich zurückholen lässt: {1} Byte.',
};

/** Words that stand as a value within a sentence, and labels. */
export const fragments: Texts = {};

/*
 * The room of looks: colours, type and spacing that Mantine's components and our style sheets share.
 */
import {
  createTheme,
  type ButtonProps,
  type CSSVariablesResolver,
  type DrawerProps,
  type MantineColorsTuple,
  type ModalProps,
  type NumberInputProps,
  type PasswordInputProps,
  type SelectProps,
  type SwitchProps,
  type TextareaProps,
  type TextInputProps,
} from '@mantine/core';

/** The blue-green of buttons, links and bars; the only colour without a meaning of its own. */
const petrol: MantineColorsTuple = [
  '#eaf5f4',
  '#d3e8e6',
  '#a5d0cd',
  '#73b6b3',
  '#4a9f9d',
  '#2f8f8e',
  '#1b7a7b',
  '#0f6468',
  '#0b5257',
  '#073f44',
];

/** Of what deletes or cannot be taken back; its filled shades hold white text. */
const red: MantineColorsTuple = [
  '#fdeceb',
  '#f8d3d0',
  '#f2a8a2',
  '#ea7a72',
  '#e0534a',
  '#d23b31',
  '#cb3a30',
  '#b3261e',
  '#961d16',
  '#741510',
];

const slate: MantineColorsTuple = [
  '#e3e8e8',
  '#c3cccd',
  '#9ba8aa',
  '#748386',
  '#56666a',
  '#3c4b4f',
  '#2b383c',
  '#20292d',
  '#172024',
  '#10171a',
];

/** The header of a dialog is none of the page. */
const INNER_HEADER = { header: { role: 'none' } };

const input = { size: 'sm' } as const;

/** How a component looks unless a page says otherwise. The component itself comes with the page that uses it. */
const lookOf = <Props>(defaultProps: Partial<Props>) => ({ defaultProps });

export const theme = createTheme({
  primaryColor: 'petrol',
  // Filled buttons have white text in both schemes: 4.5 to 1 and more, as the test beside this file computes.
  primaryShade: { light: 7, dark: 6 },
  colors: { petrol, red, dark: slate },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '5px', md: '8px', lg: '12px', xl: '20px' },
  fontFamily:
    'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "SF Mono", "Cascadia Mono", "Segoe UI Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8438rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.55', lg: '1.5', xl: '1.35' },
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: lookOf<ButtonProps>({ size: 'sm' }),
    TextInput: lookOf<TextInputProps>(input),
    PasswordInput: lookOf<PasswordInputProps>(input),
    Textarea: lookOf<TextareaProps>(input),
    NumberInput: lookOf<NumberInputProps>({ ...input, hideControls: true }),
    Select: lookOf<SelectProps>({ ...input, checkIconPosition: 'right' }),
    Switch: lookOf<SwitchProps>({ size: 'sm', withThumbIndicator: false }),
    Modal: lookOf<ModalProps>({
      attributes: INNER_HEADER,
      centered: true,
      overlayProps: { backgroundOpacity: 0.45 },
      transitionProps: { duration: 120 },
    }),
    Drawer: lookOf<DrawerProps>({
      attributes: INNER_HEADER,
      position: 'right',
      overlayProps: { backgroundOpacity: 0.35 },
      transitionProps: { duration: 140 },
    }),
  },
});

/** Colours by meaning; each pair keeps a contrast of at least 4.5 on the surfaces. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#f5f7f6',
    '--mantine-color-text': '#17232a',
    '--mantine-color-dimmed': '#56666d',
    '--mantine-color-placeholder': '#6d7b81',
    '--mantine-color-default-color': '#17232a',
    '--mantine-color-petrol-light-color': '#0f6468',
    '--mantine-color-default-border': '#c6d0d1',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-red-filled': '#c02a22',
    '--mantine-color-red-filled-hover': '#a5231c',
    '--surface': '#ffffff',
    '--surface-sunken': '#edf1f0',
    '--surface-hover': '#f0f4f3',
    '--rule': '#dbe2e2',
    '--rule-strong': '#b4c0c2',
    '--accent': '#0f6468',
    '--accent-soft': '#dfeeed',
    '--ok': '#2c6e3f',
    '--ok-soft': '#e2f0e4',
    '--busy': '#0f6468',
    '--busy-soft': '#dfeeed',
    '--wait': '#43589b',
    '--wait-soft': '#e6eaf6',
    '--warn': '#8a5a00',
    '--warn-soft': '#faeed3',
    '--bad': '#ad2a20',
    '--bad-soft': '#fae5e2',
    '--idle': '#56666d',
    '--idle-soft': '#e7ecec',
  },
  dark: {
    '--mantine-color-body': '#10171a',
    '--mantine-color-text': '#e1e8e8',
    '--mantine-color-dimmed': '#98a7aa',
    '--mantine-color-placeholder': '#839296',
    '--mantine-color-default': '#131b1f',
    '--mantine-color-default-color': '#e1e8e8',
    '--mantine-color-petrol-light-color': '#6fbcb8',
    '--mantine-color-default-hover': '#202a2e',
    '--mantine-color-default-border': '#36454a',
    '--mantine-color-error': '#f2958c',
    '--mantine-color-petrol-filled': '#1b7a7b',
    '--mantine-color-petrol-filled-hover': '#136a6c',
    '--mantine-color-red-filled': '#c0362d',
    '--mantine-color-red-filled-hover': '#a72e26',
    '--surface': '#182125',
    '--surface-sunken': '#131b1f',
    '--surface-hover': '#1f2a2f',
    '--rule': '#2a373c',
    '--rule-strong': '#435358',
    '--accent': '#6fbcb8',
    '--accent-soft': '#1a3537',
    '--ok': '#86c893',
    '--ok-soft': '#1b3322',
    '--busy': '#6fbcb8',
    '--busy-soft': '#1a3537',
    '--wait': '#a3b4ee',
    '--wait-soft': '#232c4a',
    '--warn': '#e5b95c',
    '--warn-soft': '#3a2d12',
    '--bad': '#f2958c',
    '--bad-soft': '#42201d',
    '--idle': '#98a7aa',
    '--idle-soft': '#243035',
  },
});

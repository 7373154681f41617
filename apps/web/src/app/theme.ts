import { createTheme } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';
import { PALETTE } from '../model/palette.js';

const FONT = 'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const MONO = 'ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono", Menlo, Consolas, monospace';

// Mantine asks for ten shades of a colour and uses a few: text and rules from the light end, surfaces from the dark end.
const DARK: MantineColorsTuple = [PALETTE.text, '#C3CFDA', PALETTE.textSecondary, '#7A8896', '#3A4857', PALETTE.rule, '#18212D', PALETTE.background, '#070A0F', '#04060A'];
const FAULT: MantineColorsTuple = ['#F5ECFC', '#E6D2F7', '#D3B2F0', '#C295EA', '#B57AE5', PALETTE.fault, '#9A4FD1', '#8A41BF', '#7736A8', '#632B8D'];
const HALT: MantineColorsTuple = ['#FFEBEC', '#FCD3D6', '#F5A5AB', '#EE747D', '#E84B57', '#E03A47', '#D42B38', '#BC222E', '#A31A26', '#87131D'];
const CYAN: MantineColorsTuple = ['#E6F9FE', '#CFF1FC', '#A3E4F8', PALETTE.healthy, '#3FC4EA', '#27AED6', '#1795BC', '#0B7FA8', '#09698B', '#07536F'];

export const theme = createTheme({
  fontFamily: FONT,
  fontFamilyMonospace: MONO,
  headings: { fontFamily: FONT },
  colors: { dark: DARK, fault: FAULT, halt: HALT, cyan: CYAN },
  primaryColor: 'cyan',
  primaryShade: { light: 7, dark: 7 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '12px', sm: '13.5px', md: '14px', lg: '16px', xl: '18px' },
});

/** The palette of the picture under names that style sheets can use, so panels and picture cannot drift apart. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--fl-scene': PALETTE.background,
    '--fl-panel': PALETTE.panel,
    '--fl-raised': '#18212D',
    '--fl-rule': PALETTE.rule,
    // 3:1 against panels, as WCAG 1.4.11 asks of what outlines a control.
    '--fl-control': '#66758A',
    '--fl-text': PALETTE.text,
    '--fl-dim': PALETTE.textSecondary,
    '--fl-healthy': PALETTE.healthy,
    '--fl-degraded': PALETTE.degraded,
    '--fl-failing': PALETTE.failing,
    '--fl-idle': PALETTE.idle,
    '--fl-fault': PALETTE.fault,
    // The fault's violet is a fill; as text on panels it needs to be lighter to reach 4.5:1.
    '--fl-fault-text': '#CB9BF2',
    '--fl-better': PALETTE.better,
    '--fl-worse': PALETTE.worse,
    '--fl-halt': '#D42B38',
    '--fl-focus': '#FFFFFF',
  },
  light: {},
  dark: { '--mantine-color-body': PALETTE.background, '--mantine-color-text': PALETTE.text, '--mantine-color-anchor': '#8FDDF6' },
});

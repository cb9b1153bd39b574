export const words = {
  windowTitle: 'Sign in · Sluice',
  signIn: 'Sign in',
  enterLogin: 'Enter your user name.',
  enterPassword: 'Enter your password.',
  hasExpired: 'Your session has ended. Sign in to go on where you were.',
  login: 'User name',
  password: 'Password',
  showPassword: 'Show or hide the password',
} as const;

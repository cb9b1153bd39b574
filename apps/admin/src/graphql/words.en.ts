export const words = {
  refused: 'The server refused the request.',
  status: 'The server answered with status {{status}}.',
  unreachable: 'The server cannot be reached. Check that it is running and that you are connected.',
  code: {
    UNAUTHENTICATED: 'Your session has ended. Sign in again.',
    FORBIDDEN: 'Your account does not have the right to do this.',
    RATE_LIMITED: 'Too many requests in a short time. Wait a minute and try again.',
    TIMEOUT: 'The server did not answer in time. Try again.',
    SERVICE_UNAVAILABLE: 'The server is starting or shutting down. Try again in a moment.',
    INTERNAL_SERVER_ERROR: 'Something went wrong in the server. Its log has the details.',
  },
} as const;

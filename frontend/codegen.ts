// Why: turns the server's schema and the queries beside our components into types.
// The output (src/gql) is made anew before each build, check and test; it is not committed.
import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../graphql/schema.graphql',
  documents: ['src/**/*.{ts,tsx}', '!src/gql/**'],
  ignoreNoDocuments: true,
  silent: true,
  generates: {
    './src/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: { unmaskFunctionName: 'readFragment' } },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: {
          ID: 'string',
          Decimal: 'string',
          Date: 'string',
          DateTime: 'string',
          JSON: 'unknown',
          PersonName: '@/personName#PersonName',
        },
      },
    },
  },
};

export default config;

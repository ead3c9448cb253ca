// Why: one place for building, serving while developing, and testing the web app.
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { existsSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const server = process.env['PLUMBLINE_SERVER'] ?? 'http://127.0.0.1:8080';

const manifest = new URL('./src/gql/documents.json', import.meta.url);

/** Leaves the manifest of trusted documents beside the pages that send their hashes. */
const trustedDocuments = {
  name: 'trusted-documents',
  apply: 'build' as const,
  buildStart(this: { emitFile: (file: { type: 'asset'; fileName: string; source: string }) => void }) {
    if (!existsSync(manifest)) throw new Error('run `npm run codegen` first: src/gql/documents.json is missing');
    this.emitFile({ type: 'asset', fileName: 'documents.json', source: readFileSync(manifest, 'utf8') });
  },
};

export default defineConfig({
  plugins: [react(), trustedDocuments],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: { outDir: 'dist', target: 'es2022', sourcemap: false, reportCompressedSize: true },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: {
      '/graphql': { target: server, ws: true },
      '/auth': { target: server },
      '/files': { target: server },
    },
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    environment: 'jsdom',
    globals: true,
    setupFiles: ['./src/test-setup.ts'],
    css: false,
    pool: 'threads',
    maxWorkers: 1,
    // A busy machine is slow, a broken component never gets there.
    testTimeout: 30_000,
  },
});

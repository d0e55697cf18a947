import type { ReportRenderer } from '../../usecases/ports/assessments/report-renderer';
import { htmlOf } from './html/html';
import { pageOf } from './page';
import { pdfOf } from './pdf/pdf';

/** Equal content gives equal bytes. */
export const reportRenderer: ReportRenderer = {
  render: (content) => {
    const page = pageOf(content);
    return { html: new TextEncoder().encode(htmlOf(page)), pdf: pdfOf(page, content.writtenAt) };
  },
};

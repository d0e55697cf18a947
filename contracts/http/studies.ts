import * as z from 'zod';
import { assessmentId, studyId } from '../ids';
import { firmStudyRequest, study, studyRequest, TRADE_FILE_BYTES_MAX } from '../study';
import { pageSize } from './paging';
import { route } from './route';

const listed = study.omit({ odds: true }).extend({ passed: study.shape.odds.unwrap().shape.passed.nullable() });

export const studyRoutes = {
  requestStudy: route({
    method: 'POST',
    path: '/studies',
    access: 'session',
    summary: 'Ask for the odds of an assessment or a tier; asked again within a day, the stored study answers with 200',
    body: studyRequest,
    // A quotation mark of the file takes two bytes in JSON.
    bodyBytesMax: 2 * TRADE_FILE_BYTES_MAX,
    status: 202,
    response: study,
  }),
  listStudies: route({
    method: 'GET',
    path: '/studies',
    access: 'session',
    summary: 'One’s own studies, newest first, of one assessment where it is named',
    query: z.strictObject({ assessmentId: assessmentId.optional(), limit: pageSize(50).optional() }),
    status: 200,
    response: z.object({ studies: z.array(listed).readonly() }),
  }),
  getStudy: route({
    method: 'GET',
    path: '/studies/{studyId}',
    access: 'session',
    summary: 'A study with its progress, and its odds once it is completed',
    params: z.strictObject({ studyId }),
    status: 200,
    response: study,
  }),
  cancelStudy: route({
    method: 'DELETE',
    path: '/studies/{studyId}',
    access: 'session',
    summary: 'Cancel a study that has not ended; one that has stays as it is',
    params: z.strictObject({ studyId }),
    status: 200,
    response: study,
  }),
  requestFirmStudy: route({
    method: 'POST',
    path: '/admin/studies',
    access: 'admin',
    summary: 'What a tier would cost its firm: how many pass, what is paid out, at which price it breaks even',
    body: firmStudyRequest,
    status: 202,
    response: study,
  }),
};

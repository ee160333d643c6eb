/** The first words of every room in Russian: one file of the built page, fetched beside the scripts. */
import accounts from '#features/accounts/web/words/first.ru.json';
import audit from '#features/audit/web/words/first.ru.json';
import chats from '#features/chats/web/words/first.ru.json';
import contexts from '#features/contexts/web/words/first.ru.json';
import endpoints from '#features/endpoints/web/words/first.ru.json';
import gateway from '#features/gateway/web/words/first.ru.json';
import generations from '#features/generations/web/words/first.ru.json';
import ops from '#features/ops/web/words/first.ru.json';
import projects from '#features/projects/web/words/first.ru.json';
import transfer from '#features/transfer/web/words/first.ru.json';
import usage from '#features/usage/web/words/first.ru.json';
import kit from '#web/words/first.ru.json';
import page from '../words/first.ru.json';

const rooms = [
  kit,
  page,
  accounts,
  audit,
  chats,
  contexts,
  endpoints,
  gateway,
  generations,
  ops,
  projects,
  transfer,
  usage,
];
export default rooms;

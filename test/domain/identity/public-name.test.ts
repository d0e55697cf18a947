import { maskedName } from '../../../domain/identity/public-name';

/** Goal: who chose nothing is known to those alone who know already. */
test.each`
  name                    | masked
  ${'Jane Doe'}           | ${'J••• D.'}
  ${'Jane Maria van Doe'} | ${'J••• D.'}
  ${'Terry'}              | ${'T•••'}
  ${'  ann  '}            | ${'a•••'}
  ${'Émile Zola'}         | ${'É••• Z.'}
  ${'E\u0301mile'}        | ${'E\u0301•••'}
  ${'"Jo" (trader)'}      | ${'J••• t.'}
  ${'王小明'}             | ${'王•••'}
  ${'7th Son'}            | ${'7••• S.'}
  ${'🚀🚀'}               | ${'•••'}
  ${'x@example.com'}      | ${'x•••'}
`('$name is shown as $masked', ({ name, masked }) => {
  expect(maskedName(name)).toBe(masked);
});

/**
 * NumPy's RandomState against NumPy 2.4.6 (x86-64, glibc 2.36).
 *
 * The tables hold, for 10,000 draws each, what this printed: `r = numpy.random.RandomState(seed)`, a list comprehension of the draw
 * named, and at the end the next word, `r.randint(0, 2**32, dtype=numpy.uint32)`, which is right only if every draw took as many
 * uniform numbers as NumPy's. Whole numbers are compared by the first 16 digits of the SHA-256 of their doubles, little-endian.
 */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type NumpyRandomState, numpyRandomState } from '../../src/random/numpy-random-state'

const take = (count: number, draw: () => number) => Array.from({ length: count }, draw)

function hash(values: readonly number[]): string {
  return createHash('sha256')
    .update(new Uint8Array(Float64Array.from(values).buffer))
    .digest('hex')
    .slice(0, 16)
}

type Draw = (random: NumpyRandomState) => number

test.each([
  ['0', 0, '8a29889219958b30', 3213786524],
  ['1', 1, '0f83ab2063c825a9', 3287784400],
  ['12345', 12345, '8b0c49bdc0ad06d1', 2674490776],
  ['the largest', 2 ** 32 - 1, '4925e5eba78cf394', 2468473903],
  ['a list', [1, 2, 3], 'c1800cabfe7e12fb', 2127825736],
  ['a list longer than the state', Array.from({ length: 700 }, (_, at) => at), 'f967aad95907157f', 1755346212],
])('seed %s: the uniform numbers are NumPy’s bit for bit', (_, seed, digits, word) => {
  const random = numpyRandomState(seed)
  expect(hash(take(10_000, () => random.next()))).toBe(digits)
  expect(random.integer32()).toBe(word)
})

const whole: readonly [string, Draw, string, number, string, number][] = [
  ['randint(-5, 5)', r => r.randint(-5, 5), 'eb9f91995f26856a', 756807389, 'b6be537ce8f6c65f', 1406535810],
  ['randint(0, 3e9)', r => r.randint(0, 3e9), 'e1f85a01adb77019', 3656370561, '57786aa5e5fdd744', 2450891179],
  ['randint(0, 2^32)', r => r.randint(0, 2 ** 32), 'f46a6f306eeb0ad8', 1575309035, 'bd7b70fa262fcab6', 2830623679],
  ['randint(-7, 2^40)', r => r.randint(-7, 2 ** 40), '93f3cdcaf3a6ee8d', 2299683580, '656c0064d48a03f7', 410225555],
  ['choice', r => r.choice([0.2, 0.3, 0.5]), '5fd9d487cb63c775', 3213786524, '1924b5f3d7f4be29', 2674490776],
  ['binomial(1, .3)', r => r.binomial(1, 0.3), 'bdd93bbf3b2949ec', 3213786524, 'd8a975b13d4ae31b', 2674490776],
  ['binomial(20, .7)', r => r.binomial(20, 0.7), '38b7697c1774cc98', 3213786524, 'aa2fc1a8c708dc23', 2674490776],
  ['binomial(100, .12)', r => r.binomial(100, 0.12), '17256a48987f8987', 3213786524, '72b709ff0471039f', 2674490776],
  ['binomial(1000, .3)', r => r.binomial(1000, 0.3), '8a382755596e9735', 961200438, 'e6a58fcd7a6df850', 842342975],
  ['binomial(100000, .9)', r => r.binomial(100_000, 0.9), '8281eafb6ce697ea', 897741814, 'cf92d496cf8e8f6d', 3520082461],
  ['poisson(3.2)', r => r.poisson(3.2), 'bee3490fec331ef5', 3142177108, '365de4418d9c94b0', 405897284],
  ['poisson(10)', r => r.poisson(10), '2ae2fbaebe1a9bd8', 1488724800, 'c71ff6a1abb28b8f', 2542243184],
  ['poisson(50.5)', r => r.poisson(50.5), '096d7d218a14f184', 1025188553, '2b9c42f3ef125700', 285956943],
]

test.each(whole)('%s is NumPy’s, draw for draw', (_, draw, ofZero, wordOfZero, of12345, wordOf12345) => {
  for (const [seed, digits, word] of [[0, ofZero, wordOfZero] as const, [12345, of12345, wordOf12345] as const]) {
    const random = numpyRandomState(seed)
    expect(hash(take(10_000, () => draw(random)))).toBe(digits)
    expect(random.integer32()).toBe(word)
  }
})

// The last of 10,000 draws, their sum, and the next word; for seed 0 and for seed 12345.
const real: readonly [string, Draw, [number, number, number], [number, number, number]][] = [
  [
    'normal(2, 3)',
    r => r.normal(2, 3),
    [5.894334296091547, 19446.988395251967, 410885132],
    [3.9649659775504267, 19677.92526657568, 1244972653],
  ],
  [
    'exponential(2)',
    r => r.exponential(2),
    [3.359453388835506, 19814.699741287335, 3213786524],
    [2.857383242798209, 20180.45150290106, 2674490776],
  ],
  [
    'gamma(.3)',
    r => r.gamma(0.3),
    [0.010634422938771542, 2977.159980759364, 1201295714],
    [0.0022021392742426903, 3010.816725564114, 2052459785],
  ],
  ['gamma(1)', r => r.gamma(1), [1.679726694417753, 9907.349870643668, 3213786524], [1.4286916213991045, 10090.22575145053, 2674490776]],
  [
    'gamma(1.5, 2)',
    r => r.gamma(1.5, 2),
    [4.170265699106913, 29521.682935944034, 2254516187],
    [4.0429634083343515, 29907.79212164013, 725524416],
  ],
  ['gamma(47)', r => r.gamma(47), [51.985381160660204, 469684.29357700655, 1643505002], [47.91253174542857, 469217.2885739964, 4287029565]],
  [
    'beta(.5, .7)',
    r => r.beta(0.5, 0.7),
    [0.11853526342081541, 4137.63259317257, 73816031],
    [0.005083618932115249, 4152.35031892701, 3661971277],
  ],
  [
    'beta(47, 12198)',
    r => r.beta(47, 12198),
    [0.0042672957584969674, 38.367601663879455, 243209582],
    [0.003472559539127935, 38.339406511239424, 3260111441],
  ],
  [
    'beta(.5, 3)',
    r => r.beta(0.5, 3),
    [0.6001159504268122, 1414.942669243408, 3475820141],
    [0.07314676826831497, 1425.2799392911863, 589364648],
  ],
  [
    'lognormal(.3, 1.2)',
    r => r.lognormal(0.3, 1.2),
    [6.409195259020572, 26740.98554876659, 410885132],
    [2.9623604237939265, 26899.43349766588, 1244972653],
  ],
  [
    'uniform(-1, 4)',
    r => r.uniform(-1, 4),
    [3.0678753997561445, 14822.944581004425, 3213786524],
    [2.8018888308149084, 15156.102926536198, 2674490776],
  ],
]

test.each(real)('%s is NumPy’s to 1e-14 of its size, and takes as many uniform numbers', (_, draw, ofZero, of12345) => {
  for (const [seed, [last, sum, word]] of [[0, ofZero] as const, [12345, of12345] as const]) {
    const random = numpyRandomState(seed)
    const values = take(10_000, () => draw(random))
    expect(values.at(-1)! / last - 1).toBeCloseTo(0, 13)
    expect(values.reduce((before, value) => before + value, 0) / sum - 1).toBeCloseTo(0, 13)
    expect(random.integer32()).toBe(word)
  }
})

// As the tables, but all kinds mixed, so that the normal number kept is handed out with other draws in between.
test('a mixed sequence is NumPy’s', () => {
  const random = numpyRandomState(42)
  const counted: number[] = []
  let sum = 0
  for (let round = 0; round < 3000; round++) {
    counted.push(random.next())
    sum += random.gauss()
    counted.push(random.randint(0, 10))
    sum += random.gamma(2.5)
    counted.push(random.choice([0.2, 0.3, 0.5]), random.binomial(20, 0.7))
    sum += random.normal(2, 3)
    counted.push(random.poisson(12))
    if (round % 7 === 0) counted.push(...random.permutation(5))
  }
  expect(hash(counted)).toBe('b2819816144cf923')
  expect(sum / 13720.327134417255 - 1).toBeCloseTo(0, 13)
  expect(random.integer32()).toBe(3455831851)
})

test('permutation(1000) is NumPy’s', () => {
  const random = numpyRandomState(12345)
  expect(hash([...random.permutation(1000)])).toBe('5fc40aeb237973cd')
  expect(random.integer32()).toBe(2747625410)
})

test('saved anywhere, also with a normal number kept, it goes on alike through JSON and in another', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.array(fc.boolean(), { maxLength: 700 }), (seed, before) => {
      const random = numpyRandomState(seed)
      for (const normal of before) normal ? random.gauss() : random.next()
      const other = numpyRandomState(0)
      other.load(JSON.parse(JSON.stringify(random.save())))
      const next = (of: NumpyRandomState) => [...take(3, () => of.gauss()), ...take(3, () => of.next()), of.integer32()]
      expect(next(other)).toEqual(next(random))
    }),
    { numRuns: 30 },
  )
})

test('saving is a copy: drawing on does not change it', () => {
  const random = numpyRandomState(3)
  random.gauss()
  const saved = random.save()
  const next = take(2000, () => random.gauss())
  random.load(saved)
  expect(take(2000, () => random.gauss())).toEqual(next)
})

test('a state that lacks something is refused, and it stays where it stood', () => {
  const random = numpyRandomState(3)
  const saved = random.save()
  const without = (name: string | number) => Object.fromEntries(Object.entries(saved).filter(([key]) => key !== String(name)))
  expect(() => random.load(without(623))).toThrow('word 623 of the state is NaN; it must be a whole number between 0 and 4294967295')
  expect(() => random.load(without('position'))).toThrow('position of the state is NaN; it must be a whole number between 0 and 624')
  expect(() => random.load(without('hasKept'))).toThrow('hasKept of the state is NaN')
  expect(() => random.load({ ...saved, kept: Number.NaN })).toThrow('kept of the state is NaN')
  expect(() => random.load({ ...saved, 7: 1.5 })).toThrow('word 7 of the state is 1.5')
  expect(() => random.load({ ...saved, ...(Object.fromEntries(Array(624).fill(0).entries()) as object) })).toThrow(
    'the words of the state are all 0',
  )
  expect(() => random.load(undefined as never)).toThrow('word 0 of the state is NaN')
  expect(random.next()).toBe(numpyRandomState(3).next())
})

test('a seed that NumPy refuses is refused', () => {
  expect(() => numpyRandomState(-1)).toThrow('seed is -1; it must be a whole number between 0 and 4294967295')
  expect(() => numpyRandomState(0.5)).toThrow('seed is 0.5')
  expect(() => numpyRandomState(2 ** 32)).toThrow('seed is 4294967296')
  expect(() => numpyRandomState([])).toThrow('seed is an empty list; it must have at least one number')
  expect(() => numpyRandomState([1, -2])).toThrow('seed[1] is -2')
})

test('arguments out of range are refused by name, and nothing is drawn', () => {
  const random = numpyRandomState(9)
  expect(() => random.randint(5, 5)).toThrow('high is 5; it must be a whole number between 6 and 9007199254740991')
  expect(() => random.randint(0.5, 5)).toThrow('low is 0.5')
  expect(() => random.randint(-(2 ** 52), 2 ** 52)).toThrow('high - low is 9007199254740992')
  expect(() => random.uniform(0, Number.NaN)).toThrow('high is NaN; it must be a finite number')
  expect(() => random.normal(Number.NaN, 1)).toThrow('mean is NaN; it must be a finite number')
  expect(() => random.normal(0, -1)).toThrow('deviation is -1; it must be a finite number, at least 0')
  expect(() => random.exponential(-1)).toThrow('mean is -1; it must be a finite number, at least 0')
  expect(() => random.gamma(-1)).toThrow('shape is -1')
  expect(() => random.gamma(1, Number.NaN)).toThrow('scale is NaN')
  expect(() => random.beta(0, 1)).toThrow('a is 0; it must be a finite number, above 0')
  expect(() => random.beta(1, Infinity)).toThrow('b is Infinity')
  expect(() => random.lognormal(0, -1)).toThrow('sigma is -1')
  expect(() => random.binomial(1, 1.5)).toThrow('probability is 1.5; it must be a number between 0 and 1')
  expect(() => random.binomial(-1, 0.5)).toThrow('n is -1; it must be a whole number between 0 and 2147483647')
  expect(() => random.poisson(-1)).toThrow('mean is -1; it must be a number between 0 and 2147483647')
  expect(() => random.choice([])).toThrow('there are no probabilities; at least one is needed')
  expect(() => random.choice([0.5, 0.4])).toThrow('the probabilities sum to 0.9; they must sum to 1')
  expect(() => random.choice([1.5, -0.5])).toThrow('probability 1 is -0.5; it must be a number between 0 and 1')
  expect(() => random.permutation(-1)).toThrow('n is -1')
  expect(random.next()).toBe(numpyRandomState(9).next())
})

test('what can only come out one way, as NumPy draws it', () => {
  const random = numpyRandomState(1)
  // No word is drawn where there is one whole number, one order, a gamma of shape 0 or a Poisson of mean 0.
  expect(random.randint(4, 5)).toBe(4)
  expect(random.shuffle(['a'])).toEqual(['a'])
  expect([...random.permutation(0)]).toEqual([])
  expect(random.gamma(0)).toBe(0)
  expect(random.poisson(0)).toBe(0)
  // One uniform each all the same.
  expect(random.binomial(0, 0.3)).toBe(0)
  expect(random.binomial(7, 0)).toBe(0)
  expect(random.binomial(7, 1)).toBe(7)
  expect(random.choice([0, 1, 0])).toBe(1)
  const expected = numpyRandomState(1)
  take(4, () => expected.next())
  expect(random.next()).toBe(expected.next())
})

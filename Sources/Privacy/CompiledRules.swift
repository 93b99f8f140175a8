/// The rules as tables. Immutable and shared by every session.
///
/// Dispatch is by buckets: 64 bits per byte value for the byte before, the byte itself and the two after it. Only where
/// the four words have a bit in common can a rule of that bucket match. Words and most tokens are known by their first
/// three bytes: see `HeadTable`.
final class CompiledRules: Sendable {
  /// Four tables of a word for each byte value: as the byte before, the first, the second, the third.
  private let dispatch: [UInt64]
  /// Per byte value one bit for each distinct set of the patterns.
  private let members: [UInt64]
  private let tokens: [Token]
  private let steps: [Step]
  private let heads: HeadTable
  /// Rows whose first three bytes can be too many things, by their bucket.
  private let wide: [Range<Int>]
  private let candidates: [Candidate]
  /// The words that people tell, by their first letters.
  private let spoken: [KeyWord]
  /// The words that a name may end in.
  private let tails: TailTable
  private let letters: [UInt8]
  /// The words that rows with `near` ask for.
  let contexts: [WordList]

  /// The tables as plain memory: rows are read without counting references. Valid inside `withTables`.
  struct Tables {
    let dispatch: UnsafePointer<UInt64>
    let members: UnsafeBufferPointer<UInt64>
    let tokens: UnsafeBufferPointer<Token>
    let steps: UnsafeBufferPointer<Step>
    let heads: HeadTable.Entries
    let wide: UnsafeBufferPointer<Range<Int>>
    let candidates: UnsafeBufferPointer<Candidate>
    let spoken: UnsafeBufferPointer<KeyWord>
    let named: UnsafeBufferPointer<KeyWord>
    let letters: UnsafeBufferPointer<UInt8>
    let tails: TailTable.Rows
    let contexts: [WordList]
    let phrases: Phrases
  }

  struct Token: Sendable {
    let type: RedactionType
    let check: Rule.Check
    let steps: Range<Int>
    let minimumLength: Int
    /// Bytes before the place where dispatch saw it.
    let lead: Int
    /// The place of its words in `contexts`, if it has some.
    let context: Int?
    /// An AWS key id, which a secret without a shape of its own goes with.
    let paired: Bool
  }

  /// What is compared before a row is tried: the four bytes where dispatch saw it, as far as they are literal.
  struct Candidate: Sendable {
    let row: Int
    let value: UInt32
    let mask: UInt32
  }

  enum Step: Sendable {
    case literal(UInt8)
    case run(set: Int, min: Int, max: Int)
    case open
    case close
  }

  /// What a key word says of its value: small, since it is handed on often.
  struct Key: Sendable {
    let type: RedactionType
    let whole: Bool
    let isCommand: Bool
  }

  /// A key word; its letters are `letters[start..<start + count]`.
  struct KeyWord: Sendable {
    let start: Int
    let count: Int
    let key: Key
    /// The first eight letters, folded, and which bytes of the eight they are.
    let beginning: UInt64
    let beginningMask: UInt64
    /// The fourth letter, and the fourth and third from the end: compared before the rest. 0 in shorter words.
    let fourth: UInt8
    let fourthLast: UInt8
    let thirdLast: UInt8
  }

  /// - Parameter prefilters: whether words and tokens are tried only where their first bytes stand. Without, the same is
  ///   found, slowly: a test compares.
  init(_ rules: [Rule], prefilters: Bool = true) throws(PatternError) {
    var builder = RuleTables(prefilters: prefilters)
    for rule in rules { try builder.add(rule) }
    let lists = builder.lists()
    dispatch = builder.dispatchTable()
    heads = HeadTable(lists.heads, of: lists.everything)
    members = builder.members
    tokens = builder.tokens
    steps = builder.steps
    letters = builder.letters
    contexts = builder.contexts
    wide = lists.wide
    candidates = lists.candidates
    spoken = lists.words
    tails = TailTable(builder.named, letters: builder.letters, others: Phrases.nameEnds)
  }

  /// Lends the tables to `body`.
  func withTables<Result>(_ body: (Tables) -> Result) -> Result {
    dispatch.withUnsafeBufferPointer { dispatch in
      members.withUnsafeBufferPointer { members in
        tokens.withUnsafeBufferPointer { tokens in
          steps.withUnsafeBufferPointer { steps in
            heads.withEntries { heads in
              wide.withUnsafeBufferPointer { wide in
                candidates.withUnsafeBufferPointer { candidates in
                  spoken.withUnsafeBufferPointer { spoken in
                    tails.keys.withUnsafeBufferPointer { named in
                      letters.withUnsafeBufferPointer { letters in
                        tails.withRows { tails in
                          // The table has 1,024 words: an empty array, whose base is nil, it never is.
                          body(
                            Tables(
                              dispatch: dispatch.baseAddress!, members: members, tokens: tokens, steps: steps,
                              heads: heads, wide: wide, candidates: candidates, spoken: spoken, named: named,
                              letters: letters, tails: tails, contexts: contexts, phrases: .standard))
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}

/// Groups that grow together (Galler and Fischer, 1964), with path halving; the smallest member stands for a group.
struct UnionFind {
  private var parents: [Int32]

  init(count: Int) { parents = (0..<Int32(count)).map { $0 } }

  mutating func find(_ member: Int) -> Int {
    var at = member
    while Int(parents[at]) != at {
      parents[at] = parents[Int(parents[at])]
      at = Int(parents[at])
    }
    return at
  }

  mutating func unite(_ a: Int, _ b: Int) {
    let (a, b) = (find(a), find(b))
    if a < b { parents[b] = Int32(a) } else { parents[a] = Int32(b) }
  }
}

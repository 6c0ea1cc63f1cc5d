using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>
/// What one block computes for some rows: the residual stream before, between and after its halves, and what backward needs.
/// Without backward the residual matrices are one, overwritten, and every block uses the same rows; where blocks are run again in backward, every block but for its input.
/// </summary>
internal readonly unsafe struct LayerRows
{
    public required Matrix Input { get; init; }
    public required Matrix Middle { get; init; }
    public required Matrix Output { get; init; }

    /// <summary>Queries and keys as projected, where heads are normed; otherwise <see cref="Queries"/> and <see cref="Keys"/> themselves.</summary>
    public Matrix RawQueries { get; private init; }

    public Matrix RawKeys { get; private init; }
    public Matrix Queries { get; private init; }
    public Matrix Keys { get; private init; }
    public Matrix Values { get; private init; }
    public Matrix Attended { get; private init; }
    public Matrix Gate { get; private init; }
    public Matrix Up { get; private init; }

    /// <summary>1/√(mean(x²) + ε) of <see cref="Input"/> and <see cref="Middle"/>, [rows].</summary>
    public float* InputInverse { get; private init; }

    public float* MiddleInverse { get; private init; }

    /// <summary>The same of each head of <see cref="RawQueries"/>, [rows, heads], and <see cref="RawKeys"/>; nothing where heads are not normed.</summary>
    public float* QueryInverse { get; private init; }

    public float* KeyInverse { get; private init; }

    /// <summary>log Σ exp of the attention scores, [rows, heads].</summary>
    public float* LogSumExp { get; private init; }

    public GroupProducts Shared { get; init; }

    public static LayerRows Rent(Arena arena, PolicyConfig config, DecoderLayer layer, Matrix input, Matrix middle, Matrix output)
    {
        int rows = input.Rows, queryWidth = config.HeadCount * config.HeadDim, keyValueWidth = config.KeyValueHeadCount * config.HeadDim;
        Matrix queries = arena.Rent(rows, queryWidth), keys = arena.Rent(rows, keyValueWidth);
        return new LayerRows
        {
            Input = input,
            Middle = middle,
            Output = output,
            RawQueries = config.HasHeadNorms ? arena.Rent(rows, queryWidth) : queries,
            RawKeys = config.HasHeadNorms ? arena.Rent(rows, keyValueWidth) : keys,
            Queries = queries,
            Keys = keys,
            Values = arena.Rent(rows, keyValueWidth),
            Attended = arena.Rent(rows, queryWidth),
            Gate = arena.Rent(rows, config.IntermediateSize),
            Up = arena.Rent(rows, config.IntermediateSize),
            InputInverse = arena.Rent(rows),
            MiddleInverse = arena.Rent(rows),
            QueryInverse = config.HasHeadNorms ? arena.Rent((long)rows * config.HeadCount) : null,
            KeyInverse = config.HasHeadNorms ? arena.Rent((long)rows * config.KeyValueHeadCount) : null,
            LogSumExp = arena.Rent((long)rows * config.HeadCount),
            Shared = GroupProducts.Rent(arena, layer, rows),
        };
    }

    public LayerRows Slice(int first, int rows, int heads) => new()
    {
        Input = Input.Slice(first, rows),
        Middle = Middle.Slice(first, rows),
        Output = Output.Slice(first, rows),
        RawQueries = RawQueries.Slice(first, rows),
        RawKeys = RawKeys.Slice(first, rows),
        Queries = Queries.Slice(first, rows),
        Keys = Keys.Slice(first, rows),
        Values = Values.Slice(first, rows),
        Attended = Attended.Slice(first, rows),
        Gate = Gate.Slice(first, rows),
        Up = Up.Slice(first, rows),
        InputInverse = InputInverse + first,
        MiddleInverse = MiddleInverse + first,
        QueryInverse = QueryInverse + ((nint)first * heads),
        KeyInverse = KeyInverse + ((nint)first * heads * Keys.Width / Queries.Width),
        LogSumExp = LogSumExp + ((nint)first * heads),
        Shared = Shared.Slice(first, rows),
    };
}

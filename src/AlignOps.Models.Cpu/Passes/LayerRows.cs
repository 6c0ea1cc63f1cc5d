using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Passes;

/// <summary>
/// What one block computes for some rows: the residual stream before, between and after its halves, and what backward needs.
/// Without backward the residual matrices are one, overwritten, and every block uses the same rows.
/// </summary>
internal readonly unsafe struct LayerRows
{
    public required Matrix Input { get; init; }
    public required Matrix Middle { get; init; }
    public required Matrix Output { get; init; }
    public Matrix Queries { get; private init; }
    public Matrix Keys { get; private init; }
    public Matrix Values { get; private init; }
    public Matrix Attended { get; private init; }
    public Matrix Gate { get; private init; }
    public Matrix Up { get; private init; }

    /// <summary>1/√(mean(x²) + ε) of <see cref="Input"/> and <see cref="Middle"/>, [rows].</summary>
    public float* InputInverse { get; private init; }

    public float* MiddleInverse { get; private init; }

    /// <summary>log Σ exp of the attention scores, [rows, heads].</summary>
    public float* LogSumExp { get; private init; }

    public GroupProducts Shared { get; private init; }

    public static LayerRows Rent(Arena arena, PolicyConfig config, DecoderLayer layer, Matrix input, Matrix middle, Matrix output)
    {
        int rows = input.Rows, keyValueWidth = config.KeyValueHeadCount * config.HeadDim;
        return new LayerRows
        {
            Input = input,
            Middle = middle,
            Output = output,
            Queries = arena.Rent(rows, config.HeadCount * config.HeadDim),
            Keys = arena.Rent(rows, keyValueWidth),
            Values = arena.Rent(rows, keyValueWidth),
            Attended = arena.Rent(rows, config.HeadCount * config.HeadDim),
            Gate = arena.Rent(rows, config.IntermediateSize),
            Up = arena.Rent(rows, config.IntermediateSize),
            InputInverse = arena.Rent(rows),
            MiddleInverse = arena.Rent(rows),
            LogSumExp = arena.Rent((long)rows * config.HeadCount),
            Shared = GroupProducts.Rent(arena, layer, rows),
        };
    }

    public LayerRows Slice(int first, int rows, int heads) => new()
    {
        Input = Input.Slice(first, rows),
        Middle = Middle.Slice(first, rows),
        Output = Output.Slice(first, rows),
        Queries = Queries.Slice(first, rows),
        Keys = Keys.Slice(first, rows),
        Values = Values.Slice(first, rows),
        Attended = Attended.Slice(first, rows),
        Gate = Gate.Slice(first, rows),
        Up = Up.Slice(first, rows),
        InputInverse = InputInverse + first,
        MiddleInverse = MiddleInverse + first,
        LogSumExp = LogSumExp + ((nint)first * heads),
        Shared = Shared.Slice(first, rows),
    };
}

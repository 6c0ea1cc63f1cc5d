using AlignOps.Models.Policies;

namespace AlignOps.Training.Optimization;

/// <summary>
/// Parameters cut into pieces that fit a core's cache, for work that may be shared among workers. The cut hangs on the shapes alone, so that sums over pieces,
/// added in their order, are the same bits for any number of workers.
/// </summary>
internal sealed class ParameterPieces
{
    private const int Length = 1 << 14;

    private readonly Piece[] _pieces;

    public ParameterPieces(IReadOnlyList<TrainableParameter> parameters) => _pieces = [.. parameters.SelectMany(Cut)];

    public int Count => _pieces.Length;

    public Piece this[int index] => _pieces[index];

    private static IEnumerable<Piece> Cut(TrainableParameter parameter, int index)
    {
        for (int start = 0; start < parameter.Value.Length; start += Length)
        {
            yield return new Piece(index, start, Math.Min(Length, parameter.Value.Length - start));
        }
    }

    /// <param name="Parameter">Index of the parameter.</param>
    public readonly record struct Piece(int Parameter, int Start, int Length);
}

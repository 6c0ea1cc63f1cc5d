namespace AlignOps.Models.Cpu.Memory;

/// <summary>
/// Arrays of exact lengths that are used again, so that a call whose lengths were seen before allocates none. It keeps at most <see cref="MostElements"/>
/// beyond those in use, whatever lengths come.
/// </summary>
internal sealed class ArrayStore<T>
{
    private const int MostElements = 1 << 20;

    private readonly Dictionary<int, Stack<T[]>> _free = [];
    private int _elements;

    /// <summary>An array of unknown content.</summary>
    public T[] Rent(int length)
    {
        if (length == 0)
        {
            return [];
        }

        if (_free.TryGetValue(length, out Stack<T[]>? kept) && kept.TryPop(out T[]? array))
        {
            _elements -= length;
            return array;
        }

        return new T[length];
    }

    public void Return(T[] array)
    {
        if (array.Length == 0)
        {
            return;
        }

        if (_elements + array.Length > MostElements)
        {
            _free.Clear();
            _elements = 0;
        }

        if (!_free.TryGetValue(array.Length, out Stack<T[]>? kept))
        {
            _free.Add(array.Length, kept = new Stack<T[]>());
        }

        kept.Push(array);
        _elements += array.Length;
    }
}

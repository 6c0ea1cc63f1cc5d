using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Generation;

/// <summary>One request on its way, with the pages that hold the keys and values of every token so far.</summary>
internal sealed unsafe class DecodeSlot
{
    private readonly PolicyConfig _config;
    private readonly PagePool _pool;
    private readonly Continuation _continuation;
    private readonly List<Page> _pages = [];
    private readonly int _most;
    private readonly int _found;
    private DecodeSlot? _twin;

    /// <param name="index">Place of the request in the call.</param>
    /// <param name="twin">A request with the same prompt that has not drawn yet: it runs the prompt for both.</param>
    public DecodeSlot(PolicyConfig config, GenerationRequest request, int index, PagePool pool, DecodeSlot? twin)
    {
        (_config, _pool, _twin, Index, Prompt) = (config, pool, twin, index, request.Prompt);
        _continuation = new Continuation(request, config);
        _most = MostPages(request, config);
        if (twin is null)
        {
            _found = OpenPrompt();
            Cached = _found * PageLayout.Positions;
        }
        else
        {
            _pages.AddRange(twin._pages.Take(Prompt.Length / PageLayout.Positions).Select(pool.Share));
        }
    }

    public int Index { get; }

    public int[] Prompt { get; }

    /// <summary>Tokens whose keys and values are in the pages: the position of the first pending one.</summary>
    public int Cached { get; private set; }

    /// <summary>Tokens that the step under way runs.</summary>
    public int Pending { get; private set; }

    /// <summary>Whether the step under way ends with a draw for this request.</summary>
    public bool Draws => _twin?.Draws ?? (Pending > 0 && Cached + Pending >= Prompt.Length);

    /// <summary>Whether another request runs this one's prompt.</summary>
    public bool IsTwin => _twin is not null;

    public bool IsTwinOf(DecodeSlot slot) => ReferenceEquals(_twin, slot);

    /// <summary>Whether a request with the same prompt may still be its twin.</summary>
    public bool IsInPrompt => _twin is null && Cached < Prompt.Length;

    /// <summary>Pages that it may still come to take.</summary>
    public int Reserved => _most - _pages.Count;

    /// <summary>Set when the answer is whole.</summary>
    public GenerationResult? Result => _continuation.Result;

    /// <summary>Pages that a request comes to read at most.</summary>
    public static int MostPages(GenerationRequest request, PolicyConfig config) => PageLayout.Pages(request.Prompt.Length + PolicyInput.Limit(request, config));

    public int Token(int position) => position < Prompt.Length ? Prompt[position] : _continuation.Tokens[position - Prompt.Length];

    public float* Page(int page) => _pages[page].Pointer;

    /// <summary>
    /// Decides which tokens the next step runs: the next one, or of a prompt at most <paramref name="budget"/>; none while another request has still to write
    /// a page that this one reads.
    /// </summary>
    public void Plan(int budget)
    {
        Pending = 0;
        for (int page = 0; page < _found; page++)
        {
            if (!_pages[page].Planned)
            {
                return;
            }
        }

        if (_twin is not null)
        {
            return;
        }

        Pending = Cached >= Prompt.Length ? 1 : Math.Min(budget, Prompt.Length - Cached);
        int end = Cached + Pending;
        while (_pages.Count < PageLayout.Pages(end))
        {
            _pages.Add(_pool.Take());
        }

        for (int page = Cached / PageLayout.Positions; page < end / PageLayout.Positions; page++)
        {
            _pages[page].Planned = true;
        }
    }

    /// <summary>Draws the next token from the logits after the pending ones, or its twin's.</summary>
    public void Draw(float* logits) =>
        _continuation.Draw(new ReadOnlySpan<float>(logits, _config.VocabSize), RowSoftmax.LogSumExp(logits, _config.VocabSize));

    /// <summary>Ends the step for a request whose twin ran the prompt, before the twin's own step ends: from its first draw on it goes its own way.</summary>
    public void Part()
    {
        if (_twin is not { Draws: true } twin)
        {
            return;
        }

        Cached = Prompt.Length;
        if (Cached % PageLayout.Positions > 0 && Result is null)
        {
            Page copy = _pool.Take();
            copy.CopyFrom(twin._pages[_pages.Count]);
            _pages.Add(copy);
        }

        _twin = null;
    }

    /// <summary>Ends the step: what was pending is in the pages.</summary>
    public void Advance()
    {
        for (int page = Cached / PageLayout.Positions; page < (Cached + Pending) / PageLayout.Positions; page++)
        {
            _pages[page].Filled = true;
        }

        Cached += Pending;
        Pending = 0;
    }

    /// <summary>Gives the pages back, the last first.</summary>
    public void Close()
    {
        for (int i = _pages.Count - 1; i >= 0; i--)
        {
            _pool.Leave(_pages[i]);
        }

        _pages.Clear();
    }

    /// <summary>Finds or takes the whole pages of the prompt; at least one token is left to run, whose logits are wanted. Gives how many were found.</summary>
    private int OpenPrompt()
    {
        int found = 0;
        for (int start = 0; start + PageLayout.Positions <= Prompt.Length; start += PageLayout.Positions)
        {
            Page? before = _pages.Count > 0 ? _pages[^1] : null;
            int[] tokens = Prompt[start..(start + PageLayout.Positions)];
            var key = new PageKey(before, tokens);
            Page? page = found == _pages.Count && start + PageLayout.Positions < Prompt.Length ? _pool.Find(key) : null;
            found += page is null ? 0 : 1;
            _pages.Add(page ?? _pool.Take(before is { Key: null } ? null : key));
        }

        return found;
    }
}

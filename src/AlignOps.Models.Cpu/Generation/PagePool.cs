namespace AlignOps.Models.Cpu.Generation;

/// <summary>
/// The pages of a policy, at most so many beside those of one request. Whole pages of prompts are found again by their tokens, so that requests with a common beginning read the same ones;
/// where weights never change an eighth is kept when nobody reads them, until their room is needed.
/// </summary>
internal sealed class PagePool(PageLayout layout, int most, bool keep)
{
    /// <summary>The share of all pages that may be kept without a reader: enough for what requests have in common, little beside a policy.</summary>
    private const int IdleShare = 8;

    private readonly Dictionary<PageKey, Page> _known = [];
    private readonly Stack<Page> _free = [];
    private readonly LinkedList<Page> _idle = [];

    /// <summary>Pages that requests read.</summary>
    public int Used { get; private set; }

    /// <summary>Pages that exist.</summary>
    public int Held => Used + _idle.Count + _free.Count;

    /// <summary>Pages that nobody reads and that may be found again.</summary>
    public int Idle => _idle.Count;

    public PageLayout Layout => layout;

    /// <summary>Whether a request may come to take so many pages, beside those that are read and <paramref name="reserved"/> that are spoken for.</summary>
    public bool Fits(int pages, int reserved) => Used + reserved + pages <= most;

    /// <summary>The page of these tokens after these, with one more reader; null where there is none.</summary>
    public Page? Find(PageKey key)
    {
        if (!_known.TryGetValue(key, out Page? page))
        {
            return null;
        }

        if (page.Users == 0)
        {
            _idle.Remove(page);
        }

        Read(page);
        return page;
    }

    /// <summary>One more reader of a page that has some.</summary>
    public Page Share(Page page)
    {
        Read(page);
        return page;
    }

    /// <summary>A page of unknown content.</summary>
    /// <param name="key">What others may find it by; not kept where another page has it.</param>
    public Page Take(PageKey? key = null)
    {
        if (!_free.TryPop(out Page? page))
        {
            // The first to fall idle is never one that another idle page follows: readers leave from the last page to the first.
            page = Held >= most && _idle.First is { } oldest ? Forget(oldest.Value) : new Page(layout);
        }

        (page.Planned, page.Filled) = (false, false);
        page.Key = key is not null && _known.TryAdd(key, page) ? key : null;
        Read(page);
        return page;
    }

    /// <summary>One reader less.</summary>
    public void Leave(Page page)
    {
        if (--page.Users > 0)
        {
            return;
        }

        Used--;
        if (keep && page is { Key: not null, Filled: true })
        {
            _idle.AddLast(page);
            if (_idle.Count > most / IdleShare && _idle.First is { } oldest)
            {
                _free.Push(Forget(oldest.Value));
            }

            return;
        }

        if (page.Key is { } key)
        {
            _known.Remove(key);
        }

        _free.Push(page);
    }

    private Page Forget(Page page)
    {
        _idle.Remove(page);
        _known.Remove(page.Key!);
        return page;
    }

    private void Read(Page page)
    {
        Used += page.Users == 0 ? 1 : 0;
        page.Users++;
    }
}

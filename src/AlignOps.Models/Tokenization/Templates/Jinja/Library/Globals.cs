using AlignOps.Models.Tokenization.Templates.Jinja.Values;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Library;

/// <summary>The functions that a template finds without defining them.</summary>
internal static class Globals
{
    private const long LongestRange = 100_000;

    /// <param name="clock">Null: <c>strftime_now</c> is not defined.</param>
    public static IEnumerable<JinjaFunction> All(TimeProvider? clock)
    {
        yield return new JinjaFunction("raise_exception", Raise);
        yield return new JinjaFunction("namespace", Namespace);
        yield return new JinjaFunction("dict", arguments => JinjaMap.Of(arguments.Named.Select(n => (n.Key, n.Value))));
        yield return new JinjaFunction("range", Range);
        if (clock is not null)
        {
            yield return new JinjaFunction("strftime_now", arguments => TracedText.Of(PythonTime.Write(clock.GetLocalNow(), arguments.Text(0, "format").Value)));
        }
    }

    private static object? Raise(CallArguments arguments) =>
        throw new JinjaException(TokenizationFaults.TemplateRaised, PythonValues.Write(arguments.Get(0, "message")).Value);

    private static JinjaNamespace Namespace(CallArguments arguments)
    {
        var space = new JinjaNamespace();
        if (arguments.Positional is [JinjaMap map])
        {
            foreach ((TracedText key, object? value) in map.Entries)
            {
                space.Values[key.Value] = value;
            }
        }

        foreach ((string name, object? value) in arguments.Named)
        {
            space.Values[name] = value;
        }

        return space;
    }

    private static JinjaList Range(CallArguments arguments)
    {
        arguments.AllowOnly("range", 3);
        bool single = arguments.Positional.Count == 1;
        long start = single ? 0 : arguments.Integer(0, "start", 0);
        long stop = arguments.Integer(single ? 0 : 1, "stop", 0);
        long step = arguments.Integer(2, "step", 1);
        if (step == 0)
        {
            throw JinjaException.Error("range's step cannot be zero");
        }

        var count = (Int128)Math.Max(0.0, Math.Ceiling(((double)stop - start) / step));
        if (count > LongestRange)
        {
            throw new JinjaException(TokenizationFaults.TemplateLimit, $"a range of more than {LongestRange} numbers is asked for");
        }

        return new JinjaList([.. Enumerable.Range(0, (int)count).Select(i => (object?)(start + (i * step)))]);
    }
}

using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace AlignOps.Platform.Definitions;

/// <summary>
/// A parsed pipeline.yaml: one mapping of plain values. What YAML offers beyond that, tags, anchors, several documents, is refused with its place,
/// so that a definition says what it says and a small file stays small.
/// </summary>
public sealed class DefinitionDocument
{
    /// <summary>The largest definition, in characters.</summary>
    public const int LargestText = 1024 * 1024;

    private const int DeepestNesting = 32;

    private readonly YamlMappingNode _root;

    private DefinitionDocument(YamlMappingNode root)
    {
        _root = root;
    }

    /// <summary>The top-level keys with their places, in the order of the file.</summary>
    public IReadOnlyList<(string Key, int Line, int Column)> Keys =>
        _root.Children.Keys.Select(key => (((YamlScalarNode)key).Value!, (int)key.Start.Line, (int)key.Start.Column)).ToArray();

    /// <summary>Reads a definition; the document is null exactly when there are faults.</summary>
    public static (DefinitionDocument? Document, IReadOnlyList<SectionFault> Faults) Parse(string yaml)
    {
        if (yaml.Length > LargestText)
        {
            return (null, [new SectionFault("", $"The file has {yaml.Length} characters; a definition has at most {LargestText}. Put data in suites/.")]);
        }

        try
        {
            if (FindRefused(yaml) is { } refused)
            {
                return (null, [refused]);
            }

            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return stream.Documents switch
            {
                [] => (null, [new SectionFault("", "The file is empty; it needs at least pipeline: NAME.")]),
                [{ RootNode: YamlMappingNode root }] when root.Children.Keys.All(key => key is YamlScalarNode { Value: not null }) => (new DefinitionDocument(root), []),
                [{ RootNode: var node }] => (null, [At("", "The file must be a mapping of sections, such as training: {…}.", node.Start)]),
                [_, var second, ..] => (null, [At("", "The file holds a second document; keep one definition a file.", second.RootNode.Start)]),
            };
        }
        catch (YamlException fault) when (TabIndent(yaml, [], fault.Message.Contains("tab", StringComparison.Ordinal) ? int.MaxValue : (int)fault.End.Line) is { } tab)
        {
            return (null, [tab]);
        }
        catch (YamlException fault)
        {
            return (null, [At("", $"The file is not YAML: {Tidy(fault)}.", fault.Start)]);
        }
    }

    /// <summary>The text of a top-level scalar, or null when the key is absent or holds something else.</summary>
    public string? Text(string key) => Find(key) is YamlScalarNode scalar ? scalar.Value : null;

    /// <summary>Reads a section into its record, defaults where the file is silent.</summary>
    internal SectionBinding Bind(string key, Type type) => SectionBinder.Bind(type, Find(key), key);

    /// <summary>Whether the file has a value at a dotted path of mappings.</summary>
    internal bool Has(string path) => path.Split('.').Aggregate(
        (YamlNode?)_root, (node, part) => (node as YamlMappingNode)?.Children.FirstOrDefault(child => (child.Key as YamlScalarNode)?.Value == part).Value) is not null;

    /// <summary>Where a dotted path such as <c>evaluation.suites[1].file</c> stands; of the deepest part of it that is there.</summary>
    internal (int Line, int Column) Locate(string path)
    {
        YamlNode node = _root;
        var mark = (Line: 0, Column: 0);
        foreach (var part in path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = (node, part) switch
            {
                (YamlMappingNode mapping, _) => mapping.Children.FirstOrDefault(child => (child.Key as YamlScalarNode)?.Value == part).Value,
                (YamlSequenceNode items, ['[', .. var index, ']']) when int.TryParse(index, out var at) && at < items.Children.Count => items.Children[at],
                _ => null,
            };
            if (next is null)
            {
                break;
            }

            node = next;
            mark = ((int)node.Start.Line, (int)node.Start.Column);
        }

        return mark;
    }

    private YamlNode? Find(string key) => _root.Children.FirstOrDefault(child => ((YamlScalarNode)child.Key).Value == key).Value;

    private static SectionFault? FindRefused(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        var depth = 0;
        var texts = new List<(long First, long Last)>();
        while (parser.MoveNext())
        {
            var here = parser.Current!;
            depth += here.NestingIncrease;
            if (depth > DeepestNesting)
            {
                return At("", $"The file nests deeper than {DeepestNesting} levels.", here.Start);
            }

            if (here is AnchorAlias || here is NodeEvent { Anchor.IsEmpty: false })
            {
                return At("", "Anchors and aliases (& and *) are not read; write the value out.", here.Start);
            }

            if (here is NodeEvent { Tag: { IsEmpty: false } tag } && !(tag.IsNonSpecific))
            {
                return At("", $"The tag {tag.Value} is not read; leave it out.", here.Start);
            }

            // Within a text that runs over lines a tab is the author's own.
            if (here is Scalar { Style: not ScalarStyle.Plain } text && text.End.Line > text.Start.Line)
            {
                texts.Add((text.Start.Line + 1, text.End.Column == 1 ? text.End.Line - 1 : text.End.Line));
            }
        }

        return TabIndent(yaml, texts, int.MaxValue);
    }

    /// <summary>A tab where YAML wants spaces: some parsers guess what it means, and their words for it help nobody.</summary>
    private static SectionFault? TabIndent(string yaml, List<(long First, long Last)> texts, int lastLine)
    {
        var number = 0;
        foreach (var line in yaml.AsSpan().EnumerateLines())
        {
            number++;
            var tab = line[..^line.TrimStart(" \t").Length].IndexOf('\t');
            if (tab >= 0 && !line.Trim().IsEmpty && !texts.Exists(text => text.First <= number && number <= text.Last))
            {
                return new SectionFault("", "The line is indented with a tab, and YAML indents with spaces only; write two spaces for each level.", number, tab + 1);
            }

            if (number > (long)lastLine + 1)
            {
                break;
            }
        }

        return null;
    }

    private static string Tidy(YamlException fault)
    {
        var message = fault.Message;
        var end = message.IndexOf("): ", StringComparison.Ordinal);
        return (message.StartsWith('(') && end >= 0 ? message[(end + 3)..] : message).TrimEnd('.');
    }

    private static SectionFault At(string path, string sentence, Mark mark) => new(path, sentence, (int)mark.Line, (int)mark.Column);
}

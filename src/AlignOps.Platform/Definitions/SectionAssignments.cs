using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AlignOps.Platform.Definitions;

/// <summary>
/// A section given as <c>key=value</c> on a command line, each value as one would write it in pipeline.yaml: <c>dpo.beta=0.2</c>, <c>lora.targets=[q_proj, v_proj]</c>.
/// </summary>
public static class SectionAssignments
{
    /// <summary>Reads a section, defaults where no assignment says otherwise; of two for one key the later holds.</summary>
    /// <param name="section">The section's key, for the faults' paths.</param>
    /// <returns>The section, with defaults wherever a fault stands, and every fault with its key and remedy.</returns>
    public static (T Section, IReadOnlyList<SectionFault> Faults) Read<T>(string section, IEnumerable<string> assignments) where T : class, new()
    {
        var root = new YamlMappingNode();
        List<SectionFault> faults = [];
        foreach (var assignment in assignments)
        {
            if (Assign(root, section, assignment) is { } fault)
            {
                faults.Add(fault);
            }
        }

        var bound = SectionBinder.Bind(typeof(T), root, section);
        return ((T)bound.Value, [.. faults, .. bound.Faults.Select(fault => fault with { Line = 0, Column = 0 })]);
    }

    private static SectionFault? Assign(YamlMappingNode root, string section, string assignment)
    {
        if (assignment.IndexOf('=', StringComparison.Ordinal) is var split && split <= 0)
        {
            return new SectionFault(section, $"'{assignment}' sets nothing; write KEY=VALUE, such as epochs=2 or lora.rank=16.");
        }

        var (path, text) = (assignment[..split].Trim(), assignment[(split + 1)..].Trim());
        string[] keys = path.Split('.');
        var (value, fault) = Value(text);
        if (value is null || keys.Contains(""))
        {
            return new SectionFault($"{section}.{path}", $"{section}.{path} cannot be set to '{text}'{fault}; write one value, or a list such as [a, b].");
        }

        var node = root;
        foreach (var key in keys[..^1])
        {
            if (node.Children.TryGetValue(key, out var below) && below is not YamlMappingNode)
            {
                return new SectionFault($"{section}.{path}", $"{section}.{path} lies below a key that another assignment gives a single value.");
            }

            if (below is null)
            {
                node.Add(key, below = new YamlMappingNode());
            }

            node = (YamlMappingNode)below;
        }

        node.Children[keys[^1]] = value;
        return null;
    }

    private static (YamlNode? Value, string Fault) Value(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents switch
            {
                [] => (new YamlScalarNode(""), ""),
                [{ RootNode: var node }] => (node, ""),
                _ => (null, ", which is several values"),
            };
        }
        catch (YamlException)
        {
            return (null, ", which is not YAML");
        }
    }
}

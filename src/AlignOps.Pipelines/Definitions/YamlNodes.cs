using YamlDotNet.RepresentationModel;

namespace AlignOps.Pipelines.Definitions;

/// <summary>Looks into a parsed pipeline.yaml by keys.</summary>
internal static class YamlNodes
{
    public static YamlMappingNode Root(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    /// <summary>The node under a chain of keys; null where the file is silent.</summary>
    public static YamlNode? At(this YamlNode node, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (node is not YamlMappingNode mapping || !mapping.Children.TryGetValue(new YamlScalarNode(key), out var next))
            {
                return null;
            }

            node = next;
        }

        return node;
    }

    /// <summary>A scalar's text; null where it is absent, empty or not a scalar.</summary>
    public static string? Text(this YamlNode? node) => node is YamlScalarNode { Value: { Length: > 0 } text } ? text : null;
}

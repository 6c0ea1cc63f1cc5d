using System.Text.Json.Nodes;
using AlignOps.Host.Hosting;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Registration;
using AlignOps.Tests.Architecture.Schema;
using Microsoft.Extensions.DependencyInjection;
using YamlDotNet.RepresentationModel;

namespace AlignOps.Tests.Architecture;

/// <summary>Editors read <c>pipelines/schema/pipeline.schema.json</c>, the program reads the sections' records: they say the same.</summary>
public sealed class PipelineSchemaTests
{
    private const string Write = "ALIGNOPS_WRITE_SCHEMA";

    private static string FilePath => Path.Combine(SourceTree.Root, "pipelines", "schema", "pipeline.schema.json");

    [Fact]
    public async Task Schema_OfTheSectionsRecords_IsTheShippedFile()
    {
        var schema = SchemaWriter.Write(await SectionsAsync());
        if (Environment.GetEnvironmentVariable(Write) is not null) await File.WriteAllTextAsync(FilePath, schema);

        Assert.True(
            schema == await File.ReadAllTextAsync(FilePath),
            $"A section's record has changed and the schema has not. Write it anew with: {Write}=1 dotnet test tests/AlignOps.Tests -c Release --filter PipelineSchema");
    }

    [Fact]
    public async Task Schema_OfEveryShippedPipeline_KnowsItsKeysAndTypes()
    {
        var schema = JsonNode.Parse(await File.ReadAllTextAsync(FilePath))!;
        var shipped = Directory.GetFiles(Path.Combine(SourceTree.Root, "pipelines"), "pipeline.yaml", SearchOption.AllDirectories);
        Assert.NotEmpty(shipped);
        foreach (var file in shipped.Where(file => !file.Split('/').Any(part => part is "bin" or "obj")))
        {
            var text = await File.ReadAllTextAsync(file);
            Assert.StartsWith("# yaml-language-server: $schema=../schema/pipeline.schema.json\n", text, StringComparison.Ordinal);
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            Check(schema, yaml.Documents[0].RootNode, "");
        }
    }

    private static async Task<IReadOnlyList<(string, Type)>> SectionsAsync()
    {
        await using var application = AlignOpsServer.Build(AlignOpsServer.Unstarted, null);
        return [.. application.Services.GetServices<SectionRegistration>().Select(registration => RegisteredSection.From(registration, application.Services)).Select(section => (section.Key, section.Type))];
    }

    private static void Check(JsonNode schema, YamlNode node, string path)
    {
        var types = schema["type"] is JsonArray several ? [.. several.Select(one => one!.GetValue<string>())] : schema["type"] is { } one ? new[] { one.GetValue<string>() } : [];
        switch (node)
        {
            case YamlMappingNode mapping:
                Assert.Contains("object", types);
                foreach (var (key, value) in mapping.Children)
                {
                    var name = ((YamlScalarNode)key).Value!;
                    Assert.True(schema["properties"]?[name] is not null, $"The schema has no {path}.{name}.");
                    Check(schema["properties"]![name]!, value, $"{path}.{name}");
                }

                break;
            case YamlSequenceNode sequence:
                Assert.Contains("array", types);
                foreach (var item in sequence.Children) Check(schema["items"]!, item, path + "[]");
                break;
            case YamlScalarNode scalar when schema["enum"] is JsonArray values:
                Assert.Contains(scalar.Value, values.Select(value => value?.GetValue<string>()));
                break;
        }
    }
}

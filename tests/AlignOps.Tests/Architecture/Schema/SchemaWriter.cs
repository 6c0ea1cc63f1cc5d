using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AlignOps.Training.Definitions;
using AlignOps.Training.Definitions.Methods;

namespace AlignOps.Tests.Architecture.Schema;

/// <summary>The JSON Schema of pipeline.yaml as the sections' records have it, with their docstrings as descriptions and their defaults.</summary>
internal static class SchemaWriter
{
    private static readonly JsonSerializerOptions Names = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        IgnoreReadOnlyProperties = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSchemaExporterOptions Exporter = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };

    /// <param name="sections">Key and record of every section.</param>
    public static string Write(IEnumerable<(string Key, Type Record)> sections)
    {
        var properties = new JsonObject
        {
            ["pipeline"] = new JsonObject
            {
                ["description"] = "The pipeline's name, which is its folder's: lower-case letters, digits and dashes, beginning with a letter.",
                ["type"] = "string",
                ["pattern"] = "^[a-z][a-z0-9-]{0,62}$",
            },
            ["description"] = new JsonObject { ["description"] = "What the aligned model is for, in a sentence.", ["type"] = "string" },
        };
        foreach (var (key, record) in sections.OrderBy(section => section.Key, StringComparer.Ordinal))
        {
            properties[key] = JsonSchemaExporter.GetJsonSchemaAsNode(Names, record, Exporter);
        }

        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "AlignOps pipeline.yaml",
            ["description"] = "One aligned model's whole policy: sources, mix, training recipe, evaluation suites, gate, deployment, schedule.",
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray("pipeline"),
            ["additionalProperties"] = false,
        };
        return schema.ToJsonString(Layout) + "\n";
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (schema is not JsonObject node) return schema;
        var property = context.PropertyInfo?.AttributeProvider as PropertyInfo;
        var description = property is null
            ? DocComments.Of(context.TypeInfo.Type)
            : DocComments.Of(property.DeclaringType!, property.Name) ?? DocComments.Of(context.TypeInfo.Type);
        if (description is not null && context.TypeInfo.Type.Namespace?.StartsWith("AlignOps", StringComparison.Ordinal) == true | property is not null)
        {
            node.Insert(0, "description", description);
        }

        if (property is not null && Default(property) is { } value) node["default"] = value;
        if (property == typeof(TrainingSection).GetProperty(nameof(TrainingSection.Method)))
        {
            node["enum"] = new JsonArray([.. TrainingMethods.All.Select(method => (JsonNode)method.Name)]);
            node["description"] = string.Join(" ", TrainingMethods.All.Select(method => $"{method.Name}: {method.Title}.").Prepend("The training method; 'alignops methods NAME' has its page."));
        }

        return node;
    }

    /// <summary>What stands where the file is silent; of a nested record its own properties say it.</summary>
    private static JsonNode? Default(PropertyInfo property)
    {
        if (property.DeclaringType!.GetConstructor(Type.EmptyTypes) is null) return null;
        var value = property.GetValue(Activator.CreateInstance(property.DeclaringType));
        return value switch
        {
            null or "" => null,
            string or bool or Enum or IConvertible or IEnumerable<string> => JsonSerializer.SerializeToNode(value, value.GetType(), Names),
            _ => null,
        };
    }
}

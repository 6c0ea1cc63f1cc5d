namespace AlignOps.Host.Commands;

/// <summary>The JSON Schema of pipeline.yaml that this program was built with.</summary>
internal static class PipelineSchema
{
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(PipelineSchema).Assembly.GetManifestResourceStream("pipeline.schema.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

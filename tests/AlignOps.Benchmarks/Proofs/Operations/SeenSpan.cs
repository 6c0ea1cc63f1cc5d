using System.Text;

namespace AlignOps.Benchmarks.Proofs.Operations;

/// <summary>A span as the collector got it.</summary>
/// <param name="Service">The <c>service.name</c> of the process that sent it.</param>
/// <param name="Parent">Empty for the first span of a trace.</param>
/// <param name="Start">Nanoseconds since 1970.</param>
internal sealed record SeenSpan(string Service, string Trace, string Id, string Parent, string Name, ulong Start, ulong End)
{
    /// <summary>Every span of an <c>ExportTraceServiceRequest</c>.</summary>
    /// <remarks>https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto</remarks>
    public static IEnumerable<SeenSpan> Read(ReadOnlyMemory<byte> request)
    {
        foreach (var resourceSpans in Fields(request, 1))
        {
            var service = Fields(resourceSpans, 1).SelectMany(resource => Fields(resource, 1))
                .Where(attribute => Text(attribute, 1) == "service.name").SelectMany(attribute => Fields(attribute, 2)).Select(value => Text(value, 1)).FirstOrDefault("?");
            foreach (var span in Fields(resourceSpans, 2).SelectMany(scope => Fields(scope, 2)))
            {
                yield return new SeenSpan(service, Hex(span, 1), Hex(span, 2), Hex(span, 4), Text(span, 5), Number(span, 7), Number(span, 8));
            }
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Fields(ReadOnlyMemory<byte> message, int field) => ProtoField.Read(message).Where(one => one.Field == field).Select(one => one.Bytes);

    private static string Text(ReadOnlyMemory<byte> message, int field) => Encoding.UTF8.GetString(Fields(message, field).FirstOrDefault().Span);

    private static string Hex(ReadOnlyMemory<byte> message, int field) => Convert.ToHexStringLower(Fields(message, field).FirstOrDefault().Span);

    private static ulong Number(ReadOnlyMemory<byte> message, int field) => ProtoField.Read(message).FirstOrDefault(one => one.Field == field).Number;
}

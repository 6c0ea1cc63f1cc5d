using AlignOps.Platform.Hosting;
using AlignOps.Platform.Messaging;

namespace AlignOps.Platform.Diagnosis;

internal sealed class Doctor(PlatformOptions options, DataFolder folder, DatabaseExamination database, MessageCatalog catalog) : IDoctor
{
    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellationToken) =>
    [
        DiskExamination.Run(folder),
        .. await database.RunAsync(cancellationToken),
        .. options.UsesRabbitMq ? await BrokerExamination.RunAsync(options.Bus!, catalog, cancellationToken) : [new Finding("bus", "In memory, within the process.")],
    ];
}

using System.Data.Common;
using AlignOps.Platform.Storage;

namespace AlignOps.Pipelines.Schedules;

/// <summary>Where Quartz keeps its tables. On SQLite that is a file of its own, so that its writer never waits for the services'; on PostgreSQL the shared database.</summary>
internal sealed record SchedulerStore(DatabaseKind Kind, DbProviderFactory Provider, string ConnectionString);

using System.Text.RegularExpressions;

namespace AlignOps.Tests.Architecture;

public sealed partial class HouseRulesTests
{
    private static readonly string[] GroundFloor = ["Contracts", "Statistics", "Data", "Models"];
    private static readonly string[] FirstFloor = ["Platform", "Models.Cpu", "Models.Torch", "Inference", "Rewards"];
    private static readonly string[] Services =
        ["Intake", "Synthesis", "Training", "Evaluation", "Promotion", "Pipelines", "Serving", "Console"];

    [Fact]
    public void References_OfEveryRoom_RunDownwardsOnly()
    {
        foreach (var (room, references) in SourceTree.References())
        {
            foreach (var reference in references.Where(reference => Floor(reference) >= Floor(room)))
            {
                // Models stands on Data (a chat template renders messages), both on the ground floor.
                Assert.True(room == "Models" && reference == "Data", $"{room} must not reference {reference}");
            }
        }
    }

    [Fact]
    public void Services_NeverReferenceEachOther()
    {
        foreach (var (room, references) in SourceTree.References().Where(pair => Services.Contains(pair.Key)))
        {
            Assert.Empty(references.Intersect(Services).Except([room]));
        }
    }

    [Fact]
    public void Contracts_DependOnTheBusAbstractionsAlone()
    {
        Assert.Empty(SourceTree.References()["Contracts"]);
    }

    [Fact]
    public void Sql_OfAService_WritesItsOwnTablesAndReadsOthersThroughViews()
    {
        foreach (var service in Services.Where(service => Directory.Exists(Folder(service))))
        {
            var own = service.ToLowerInvariant() + "_";
            foreach (var file in SourceTree.SourceFiles(Path.Combine("src", "AlignOps." + service)))
            {
                var text = File.ReadAllText(file);
                foreach (Match write in WrittenTable().Matches(text))
                {
                    Assert.True(write.Groups[1].Value.StartsWith(own, StringComparison.Ordinal), $"{file} writes {write.Groups[1].Value}");
                }

                foreach (var table in ReadTable().Matches(text).Select(match => match.Groups[1].Value).Where(IsServiceTable))
                {
                    Assert.True(table.StartsWith(own, StringComparison.Ordinal) || table.Contains("_v_", StringComparison.Ordinal), $"{file} reads {table}");
                }
            }
        }
    }

    [Fact]
    public void Bus_IsTouchedByThePlatformAlone()
    {
        foreach (var file in SourceTree.SourceFiles("src").Where(file => !file.Contains("AlignOps.Platform", StringComparison.Ordinal)))
        {
            Assert.False(BusType().IsMatch(File.ReadAllText(file)), $"{file} must publish through its unit of work, not the bus");
        }
    }

    [Fact]
    public void PureRooms_TakeClocksAndRandomnessAsArguments()
    {
        foreach (var file in new[] { "Statistics", "Data", "Rewards", "Models", "Models.Cpu", "Models.Torch" }.Where(room => Directory.Exists(Folder(room)))
            .SelectMany(room => SourceTree.SourceFiles(Path.Combine("src", "AlignOps." + room))))
        {
            Assert.False(AmbientState().IsMatch(File.ReadAllText(file)), $"{file} reads a clock or makes its own randomness");
        }
    }

    [Fact]
    public void Source_HoldsNoReminderAndNoUnfinishedMember()
    {
        foreach (var file in SourceTree.SourceFiles("src").Concat(SourceTree.SourceFiles("pipelines")))
        {
            Assert.False(Unfinished().IsMatch(File.ReadAllText(file)), file);
        }
    }

    [Fact]
    public void InternalClasses_AreSealedUnlessInherited()
    {
        string[] texts = [.. SourceTree.SourceFiles("src").Concat(SourceTree.SourceFiles("pipelines")).Select(File.ReadAllText)];
        foreach (var name in texts.SelectMany(text => OpenInternalClass().Matches(text)).Select(match => match.Groups[1].Value))
        {
            Assert.True(texts.Any(text => Regex.IsMatch(text, $@"class \w+(?:<[^>]+>)?(?:\([^)]*\))?\s*:\s*{name}\b")), $"{name} has no heir: seal it");
        }
    }

    [Fact]
    public void TopLevel_HoldsWhatTheHouseAgreedOn()
    {
        string[] agreed = ["src", "tests", "pipelines", "ops", "docker", "AlignOps.sln", "README.md", "LICENSE", "global.json", "nuget.config", "artifacts", "TestResults"];
        foreach (var entry in Directory.EnumerateFileSystemEntries(SourceTree.Root).Select(path => Path.GetFileName(path)!))
        {
            Assert.True(agreed.Contains(entry) || entry.StartsWith('.') || entry.StartsWith("Directory.", StringComparison.Ordinal), entry);
        }
    }

    private static string Folder(string room) => Path.Combine(SourceTree.Root, "src", "AlignOps." + room);

    private static int Floor(string room) =>
        GroundFloor.Contains(room) ? 0 : FirstFloor.Contains(room) ? 1 : Services.Contains(room) || room == "SupportAssistant" ? 2 : 3;

    private static bool IsServiceTable(string table) =>
        Services.Any(service => table.StartsWith(service.ToLowerInvariant() + "_", StringComparison.Ordinal));

    [GeneratedRegex(@"\b(?:insert\s+into|update|delete\s+from)\s+([a-z]+_[a-z_]+)\b", RegexOptions.IgnoreCase)]
    private static partial Regex WrittenTable();

    [GeneratedRegex(@"\b(?:from|join)\s+([a-z]+_[a-z_]+)\b", RegexOptions.IgnoreCase)]
    private static partial Regex ReadTable();

    [GeneratedRegex(@"\b(IBus|IBusControl|IPublishEndpoint|ISendEndpointProvider|IConsumer<)")]
    private static partial Regex BusType();

    [GeneratedRegex(@"DateTime(?:Offset)?\.(?:Utc)?Now|Guid\.NewGuid|new Random\(\)|Random\.Shared|TimeProvider\.System")]
    private static partial Regex AmbientState();

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"^\s*internal (?:partial )?(?:class|record class|record) (\w+)", RegexOptions.Multiline)]
    private static partial Regex OpenInternalClass();
}

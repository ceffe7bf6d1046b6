using System.CommandLine;
using Hookswitch;
using Hookswitch.Chaos;

var kills = new Option<int>("--kills") { Description = "How often that is done.", DefaultValueFactory = _ => 20 };
var calls = new Option<int>("--calls") { Description = "Calls under way at a time.", DefaultValueFactory = _ => 200 };
var term = new Option<bool>("--term") { Description = "Ask it to end with SIGTERM, instead of killing it." };
var full = new Option<bool>("--disk-full") { Description = "Fill its disk and empty it again, instead of killing it." };
var syscalls = new Option<int?>("--syscalls")
{
    HelpName = "COUNT",
    Description = "Watch its system calls with strace until so many requests were acknowledged, instead of killing it.",
};
var jumps = new Option<bool>("--clock-jumps") { Description = "Set its clock ahead and back with libfaketime, instead of killing it." };
var twice = new Option<bool>("--double") { Description = "Kill it a second time while it starts." };
var seed = new Option<int>("--seed") { Description = "Of the moments and the calls. Left out: a new one.", DefaultValueFactory = _ => Random.Shared.Next() };
var folder = new Option<string>("--folder")
{
    HelpName = "DIR",
    Description = "Where the server keeps its data, in a folder that is deleted afterwards.",
    DefaultValueFactory = _ => Path.GetTempPath(),
};
var root = new RootCommand("Kills a running Hookswitch again and again, and checks what its clients saw. docs/testing.md says what is promised.")
{
    kills, calls, twice, term, full, syscalls, jumps, seed, folder,
};
root.SetAction(async (parsed, cancellation) =>
{
    var options = new ChaosOptions(
        parsed.GetValue(kills), parsed.GetValue(calls), parsed.GetValue(twice), parsed.GetValue(seed), parsed.GetValue(folder)!);
    await Console.Out.WriteLineAsync($"Seed {options.Seed}.");
    return await (parsed.GetValue(term) ? Terms.Run(options, cancellation)
        : parsed.GetValue(full) ? DiskFull.Run(options, cancellation)
        : parsed.GetValue(jumps) ? ClockJumps.Run(options, cancellation)
        : parsed.GetValue(syscalls) is { } acknowledgements ? Syscalls.Run(options, acknowledgements, cancellation)
        : Kills.Run(options, cancellation));
});

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is ChaosException or UsageException or OperationCanceledException)
{
    await Console.Error.WriteLineAsync($"Nothing was shown: {e.Message}");
    return 3;
}

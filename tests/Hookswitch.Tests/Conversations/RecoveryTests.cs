using Hookswitch.Tests.Harness;
using Microsoft.AspNetCore.Http;

namespace Hookswitch.Tests.Conversations;

/// <summary>A process that is killed and started again has forgotten nothing that it acknowledged.</summary>
public sealed class RecoveryTests
{
    private const string Call = "/v1.0/communications/calls";

    [Fact]
    public async Task A_call_that_was_created_before_a_crash_is_deleted_after_it()
    {
        using var folder = new TestFolder();
        await using var bot = await Webhook.Start();
        string call;
        await using (var server = await ServerProcess.Start(folder))
        {
            call = $"{Call}/{await server.Place(bot.Callback)}";
            await bot.Until("updated established");
            await server.Kill();
        }

        await using (var server = await ServerProcess.Start(folder))
        {
            Assert.Equal("established", (string?)(await server.AskAsBot("GET", call)).Body["state"]);
            Assert.Equal(204, (await server.AskAsBot("DELETE", call)).Status);
            Assert.Equal("200/5001", (await bot.Until("deleted terminated")).Reason);
            Assert.Equal("404 8522", (await server.AskAsBot("DELETE", call)).Outcome);
        }
    }

    /// <summary>The phone was to answer at an instant at which no server ran: it answers when one does.</summary>
    [Fact]
    public async Task A_phones_script_goes_on_after_a_crash()
    {
        using var folder = new TestFolder();
        await using var bot = await Webhook.Start();
        await using (var server = await ServerProcess.Start(folder))
        {
            await server.Http.Ask("PUT", "/control/users/cccccccc-0000-4000-8000-000000000001", """
                {"phones":[{"script":[{"do":"ring"},{"do":"answer","after":"PT0.5S"},{"do":"hangUp","after":"PT0.5S"}]}]}
                """);
            await server.Place(bot.Callback);
            await bot.Until("updated establishing");
            await server.Kill();
        }

        await using (await ServerProcess.Start(folder))
        {
            Assert.Equal("200/4521", (await bot.Until("deleted terminated")).Reason);
        }
    }

    [Fact]
    public async Task What_a_bot_was_not_told_before_a_crash_it_is_told_after_it()
    {
        using var folder = new TestFolder();
        await using var bot = await Webhook.Start();
        bot.Answer = (_, _) => Task.FromResult(Results.StatusCode(503));
        string id;
        await using (var server = await ServerProcess.Start(folder))
        {
            await server.Http.Ask("PUT", "/control/users/cccccccc-0000-4000-8000-000000000001", """{"phones":[{"script":[{"do":"ring"}]}]}""");
            id = await server.Place(bot.Callback);
            await bot.Until("updated establishing");
            Assert.Equal(204, (await server.AskAsBot("DELETE", $"{Call}/{id}")).Status);
            await server.Kill();
        }

        bot.Answer = (_, _) => Task.FromResult(Results.Accepted());
        var refused = bot.All.Count;
        await using (await ServerProcess.Start(folder))
        {
            await bot.Until("deleted terminated");
        }

        Assert.Equal(["updated establishing", "updated terminating", "deleted terminated"], bot.All.Skip(refused).Select(one => one.Summary));
        Assert.All(bot.All, one => Assert.Equal(id, one.CallId));
    }

    [Fact]
    public async Task A_second_server_on_the_same_folder_refuses_to_start()
    {
        using var folder = new TestFolder();
        await using var server = await ServerProcess.Start(folder);

        var (exit, output, error) = await ServerProcess.Run("dev", "--urls", "http://127.0.0.1:0", "--data", folder.Path);

        Assert.Equal(2, exit);
        Assert.Equal("", output);
        Assert.Equal(
            $"hookswitch: The data folder {folder.Path} is in use by another Hookswitch. Stop that one, or pass another folder with --data.\n", error);
    }

    [Fact]
    public async Task Servers_with_their_own_addresses_and_folders_run_side_by_side()
    {
        using var one = new TestFolder();
        using var another = new TestFolder();
        await using var first = await ServerProcess.Start(one);
        await using var second = await ServerProcess.Start(another);
        await using var bot = await Webhook.Start();

        var id = await first.Place(bot.Callback);

        Assert.Equal(200, (await first.AskAsBot("GET", $"{Call}/{id}")).Status);
        Assert.Equal("[]", await second.Http.GetStringAsync("/control/calls"));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_a_sentence()
    {
        using var folder = new TestFolder();
        using var another = new TestFolder();
        await using var server = await ServerProcess.Start(folder);

        var (exit, _, error) = await ServerProcess.Run("dev", "--urls", server.Address.ToString(), "--data", another.Path);

        Assert.Equal(2, exit);
        Assert.Contains("address already in use. Stop the other program, or pass --urls http://127.0.0.1:0 for a free port.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}

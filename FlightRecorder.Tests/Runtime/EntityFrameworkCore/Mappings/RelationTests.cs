using FlightRecorder.Tests.EntityFrameworkCore.Recordings;
using Microsoft.EntityFrameworkCore;

namespace FlightRecorder.Tests.EntityFrameworkCore.Mappings;

/// <summary>Many-to-many, and what follows a delete.</summary>
public sealed class RelationTests : MappingTest
{
    private const string Cascade = "mutations: a delete of Folder may have deleted or changed rows of Bookmark, Page by the database's own cascade; these are not seen";

    [Test]
    public async Task A_link_added_and_one_removed_are_rows_of_the_join_table()
    {
        await SeedAsync(new Team { Players = [new Player()] }, new Player());

        RecordedOperation recorded = await SaveAsync(async context =>
        {
            Team team = await context.Teams.Include(team => team.Players).SingleAsync();
            team.Players.Clear();
            team.Players.Add(await context.Set<Player>().SingleAsync(player => player.Id == 2));
        });

        Assert.That(recorded.Mutations.Select(MutationText.Of), Is.EquivalentTo(new[]
        {
            "delete PlayerTeam player_team [PlayersId=1,TeamsId=1] {PlayersId=1,TeamsId=1} → - t1 Committed",
            "insert PlayerTeam player_team [PlayersId=2,TeamsId=1] - → {PlayersId=2,TeamsId=1} t1 Committed",
        }));
    }

    [Test]
    public async Task What_EF_Core_deletes_and_changes_along_with_a_row_are_mutations()
    {
        await SeedAsync(new Folder { Pages = [new Page()], Bookmarks = [new Bookmark()] });

        RecordedOperation recorded = await SaveAsync(async context
            => context.Remove(await context.Folders.Include(folder => folder.Pages).Include(folder => folder.Bookmarks).SingleAsync()));

        Assert.That(recorded.Mutations.Select(MutationText.Of), Is.EquivalentTo(new[]
        {
            "delete Folder folders [Id=1] {Id=1} → - t1 Committed",
            "delete Page pages [Id=1] {Id=1,FolderId=1} → - t1 Committed",
            "update Bookmark bookmarks [Id=1] {Id=1,FolderId=1} → {Id=1,FolderId=null} ~FolderId t1 Committed",
        }));
    }

    [Test]
    public async Task What_the_database_deletes_by_itself_is_a_gap()
    {
        await SeedAsync(new Folder { Pages = [new Page()] });

        RecordedOperation recorded = await SaveAsync(async context => context.Remove(await context.Folders.SingleAsync()));

        Assert.That(recorded.Text, Is.EqualTo("delete Folder folders [Id=1] {Id=1} → - Committed"));
        Assert.That(recorded.Gap, Is.EqualTo(Cascade));
    }

    [Test]
    public async Task A_delete_that_nothing_hangs_on_has_no_gap()
    {
        await SeedAsync(new Invoice());

        RecordedOperation recorded = await SaveAsync(async context => context.Remove(await context.Invoices.SingleAsync()));

        Assert.That(recorded.Gaps, Is.Empty);
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OnboardingPortal.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RequestSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(RequestSearchIndex.Sqlite);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TRIGGER request_search_insert; DROP TRIGGER request_search_update; DROP TRIGGER request_search_delete; DROP TABLE request_search;");
        }
    }
}
